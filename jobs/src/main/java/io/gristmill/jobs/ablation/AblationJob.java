package io.gristmill.jobs.ablation;

import io.gristmill.jobs.config.AblationConfig;
import io.gristmill.jobs.config.AblationConfig.Size;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.TextFile;
import io.gristmill.mixing.ablation.Findings;
import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.ablation.RatioDesign;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.spark.BarrierTraining;
import io.gristmill.trainer.spark.Room;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.training.InitialModel;
import io.gristmill.trainer.training.MemoryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** An ablation from its configuration to its files. */
public final class AblationJob {
  /** For a terminal. */
  public static final String SUMMARY = "ablation.txt";

  private static final int RESAMPLES = 1000;
  private static final String JSON = "ablation.json";

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final AblationConfig ablation;
  private final RunFolders folders;
  private final Console console;
  private InitialModel given = InitialModel.random();

  /**
   * @throws IllegalArgumentException if the configuration asks for no ablation, or for two
   *     beginnings
   */
  public AblationJob(JavaSparkContext spark, RunConfig config, Console console) {
    this.spark = spark;
    this.hadoop = spark.hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.console = console;
    if (config.ablations().isEmpty()) {
      throw new IllegalArgumentException(
          "the configuration has no section ablate, which says the ratios or mixtures to compare;"
              + " conf/ablation.yaml is an example");
    }
    this.ablation = config.ablations().getFirst();
    if (!config.modelFrom().isEmpty()
        && (ablation.trunk().given() || !ablation.sizes().isEmpty())) {
      throw new IllegalArgumentException(
          "model.from stands beside ablate.%s: trainings begin with that model, of one size; remove one"
              .formatted(ablation.trunk().given() ? "trunk" : "sizes"));
    }
  }

  /** The model that trainings go on from; hashed once, as it may be large. */
  public InitialModel given() throws IOException {
    if (!config.modelFrom().isEmpty() && !given.given()) {
      given = InitialModel.of(new Path(config.modelFrom()), hadoop);
    }
    return given;
  }

  /**
   * Plans every training and looks whether the cluster has room for one, and memory for as many as
   * it will run beside each other.
   *
   * @throws IllegalArgumentException saying what is too little, and what would do
   */
  public void check() throws IOException {
    AblationPlan plan = plan();
    List<Size> sizes = sizes();
    ablation(plan).check(sizes);
    Room room = training().room(config.pretrain().slots());
    for (Size size : sizes) {
      room.requireFits(
          MemoryPlan.of(
              plan.withVocabulary(size.model()),
              config.pretrain(),
              config.mixture().sequenceLength(),
              workers().workers(),
              workers().threads()));
    }
  }

  /** Trains what is not trained yet, and writes ablation.json and a summary for a terminal. */
  public AblationResult run() throws IOException {
    int atOnce = training().room(config.pretrain().slots()).trainings();
    List<Size> sizes = sizes();
    Ablation<?, ?> run = ablation(plan());
    console.line("  %d trainings, %d at a time".formatted(run.trainings(sizes), atOnce));
    AblationResult result = run.run(sizes, atOnce);
    write(AblationJson.text(result), JSON);
    write(String.join("\n", AblationSummary.lines(result)) + "\n", SUMMARY);
    return result;
  }

  private BarrierTraining training() {
    return new BarrierTraining(spark, workers());
  }

  /** One thread for each training unless said otherwise: many small ones fill a cluster best. */
  private WorkersConfig workers() {
    WorkersConfig asked = config.workers();
    return new WorkersConfig(
        Math.max(1, asked.workers()),
        1,
        Math.max(1, asked.threads()),
        asked.timeoutSeconds(),
        asked.restarts(),
        asked.waitSeconds());
  }

  private List<Size> sizes() throws IOException {
    if (!config.modelFrom().isEmpty()) {
      Path from = new Path(config.modelFrom());
      return List.of(
          new Size("model", HuggingFace.readConfig(CheckpointFiles.system(from, hadoop), from)));
    }
    return ablation.sizes().isEmpty()
        ? List.of(new Size("model", config.model()))
        : ablation.sizes();
  }

  private AblationPlan plan() throws IOException {
    return new AblationPlan(
        config,
        ablation,
        Shards.open(folders.shards(), hadoop).index(),
        qualified(folders.shards()),
        qualified(folders.tokenizer()),
        qualified(folders.ablationTrainings()));
  }

  private Ablation<?, ?> ablation(AblationPlan plan) throws IOException {
    List<Weight> lines = config.mixture().weights();
    long seed = config.mixture().seed();
    return switch (ablation.design()) {
      case RatioDesign ratios ->
          ablation(
              plan,
              new RatioQuestion(
                  config.name(),
                  ratios,
                  lines,
                  ablation.tolerances(),
                  ablation.measurements(),
                  RESAMPLES,
                  seed));
      case MixtureDesign mixtures ->
          ablation(
              plan,
              new MixtureQuestion(
                  config.name(),
                  mixtures,
                  lines,
                  plan.mostShares(sizes()),
                  ablation.measurements(),
                  RESAMPLES,
                  seed));
    };
  }

  private <F extends Findings, S extends SizeResult> Ablation<F, S> ablation(
      AblationPlan plan, Question<F, S> question) throws IOException {
    return new Ablation<>(
        spark, plan, question, given(), workers(), console, own -> foretold(question, own));
  }

  /** Written before the trainings that it foretells begin. */
  private <F extends Findings> void foretold(Question<F, ?> question, F findings) {
    try {
      write(AblationJson.predictions(findings), "prediction-%s.json".formatted(findings.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    question.predictions(findings).forEach(own -> console.line("  " + own));
  }

  private void write(String text, String name) throws IOException {
    TextFile.write(new Path(folders.ablation(), name), text, hadoop);
  }

  private String qualified(Path path) throws IOException {
    return path.getFileSystem(hadoop).makeQualified(path).toString();
  }
}
