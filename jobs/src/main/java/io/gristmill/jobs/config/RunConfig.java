package io.gristmill.jobs.config;

import io.gristmill.curation.CurationConfig;
import io.gristmill.curation.yaml.ConfigurationException;
import io.gristmill.curation.yaml.Section;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.shard.ShardConfig;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;
import io.gristmill.trainer.simulation.Cluster;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.spike.SpikesConfig;
import io.gristmill.trainer.training.ExchangeConfig;
import io.gristmill.trainer.training.OnlineMixingConfig;
import io.gristmill.trainer.training.ScheduleConfig;
import io.gristmill.trainer.training.TrainerConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Everything that one YAML file says of a run.
 *
 * @param name what the run is called, in Spark and in the report
 * @param output the folder of all stages, a Hadoop path
 * @param perplexity what {@code train-perplexity} does; no stage reads it
 * @param classifier what {@code train-classifier} does; no stage reads it
 * @param givenTokenizer a tokenizer that exists already, and what to do with it
 * @param modelFrom a model folder whose shape and weights the training begins with; empty for
 *     {@code model} and random weights
 * @param cluster what {@code gristmill plan} plans for; no stage reads it
 * @param onlineMixing {@code pretrain.online-mixing}
 * @param exchange {@code pretrain.compression}, {@code pretrain.local-steps} and their like
 * @param spikes {@code pretrain.spikes}
 * @param muon whether {@code optimizer.kind} is muon
 * @param ablations the trainings that {@code ablate} compares; none where the file does not say
 */
public record RunConfig(
    String name,
    String output,
    CurationConfig curate,
    PerplexityConfig perplexity,
    QualityClassifierConfig classifier,
    GivenTokenizer givenTokenizer,
    BpeTrainerConfig tokenizer,
    ShardConfig shards,
    MixtureConfig mixture,
    String modelFrom,
    ModelConfig model,
    TrainerConfig pretrain,
    OnlineMixingConfig onlineMixing,
    ExchangeConfig exchange,
    SpikesConfig spikes,
    AdamWConfig optimizer,
    MuonConfig muon,
    ScheduleConfig schedule,
    WorkersConfig workers,
    Cluster cluster,
    GenerateConfig generate,
    List<AblationConfig> ablations) {

  /**
   * Reads a file on any Hadoop file system.
   *
   * @param overrides {@code key=value}, applied over the file
   * @throws ConfigurationException with every problem of the file
   */
  public static RunConfig read(String file, List<String> overrides) throws IOException {
    Path path = new Path(file);
    String text;
    try (FSDataInputStream in = path.getFileSystem(new Configuration()).open(path)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException absent) {
      throw new IllegalArgumentException(
          "%s: no such file; conf/ has examples to copy".formatted(file), absent);
    }
    return Section.read(file, text, overrides, RunConfigReader::read);
  }

  public RunFolders folders() {
    return new RunFolders(new Path(output));
  }
}
