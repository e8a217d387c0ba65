package io.gristmill.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.jobs.HeldOutLosses.Loss;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.evaluation.BigramBaseline;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.training.ByteLengths;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * training/ to evaluation.json: the best held-out losses of the training beside those of an
 * interpolated bigram model (Witten and Bell 1991) of the same training tokens.
 */
public final class Evaluate implements Stage {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Console console;

  Evaluate(SparkSession spark, RunConfig config, Console console) {
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.console = console;
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.EVALUATE, arguments);
  }

  @Override
  public String name() {
    return StageName.EVALUATE.toString();
  }

  @Override
  public Path folder() {
    return folders.evaluation();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    return new Inputs(VERSION)
        .published("tokenize", folders.shards(), hadoop)
        .published("mix", folders.mixture(), hadoop)
        .published("pretrain", folders.training(), hadoop)
        .all();
  }

  @Override
  public String run() throws IOException {
    HeldOutLosses model = HeldOutLosses.read(new Path(folders.training(), "metrics.jsonl"), hadoop);
    Mixture mixture = MixtureJson.read(new Path(folders.mixture(), MixtureJson.NAME), hadoop);
    Tokenizer tokenizer = TokenizerFiles.read(folders.tokenizer(), hadoop);
    List<GroupLoss> bigram =
        BigramBaseline.losses(
            mixture,
            Shards.open(folders.shards(), hadoop),
            config.pretrain().validationTokens(),
            ByteLengths.of(tokenizer));
    ObjectNode evaluation = JSON.createObjectNode();
    ArrayNode groups = evaluation.putArray("groups");
    bigram.forEach(score -> put(groups, model.groups(), score, score.domain()));
    ArrayNode languages = evaluation.putArray("languages");
    BigramBaseline.byLanguage(bigram)
        .forEach(score -> put(languages, model.languages(), score, "*"));
    Path file = new Path(folder(), "evaluation.json");
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(JSON.writeValueAsBytes(evaluation));
    }
    languages.forEach(
        language ->
            console.line(
                "  %s: best %.4f after step %d, bigram %.4f nats per token; best %.4f, bigram %.4f bits per byte"
                    .formatted(
                        language.path("language").asText(),
                        language.path("model").path("nats_per_token").asDouble(),
                        language.path("model").path("step").asLong(),
                        language.path("bigram").path("nats_per_token").asDouble(),
                        language.path("model").path("bits_per_byte").asDouble(),
                        language.path("bigram").path("bits_per_byte").asDouble())));
    return "%d languages".formatted(languages.size());
  }

  private static void put(ArrayNode into, List<Loss> model, GroupLoss score, String domain) {
    model.stream()
        .filter(loss -> loss.domain().equals(domain) && loss.language().equals(score.language()))
        .findFirst()
        .ifPresent(
            loss -> {
              ObjectNode node = into.addObject();
              node.put("domain", domain)
                  .put("language", score.language())
                  .put("tokens", score.tokens())
                  .put("bytes", score.bytes());
              node.putObject("model")
                  .put("step", loss.step())
                  .put("nats_per_token", loss.natsPerToken())
                  .put("bits_per_byte", loss.bitsPerByte());
              node.putObject("bigram")
                  .put("nats_per_token", score.natsPerToken())
                  .put("bits_per_byte", score.bitsPerByte());
              node.put("below_bigram", loss.natsPerToken() < score.natsPerToken());
            });
  }
}
