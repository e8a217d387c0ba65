package io.gristmill.jobs;

import io.gristmill.jobs.config.GivenTokenizer;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.progress.TaskProgress;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.StageRunner;
import io.gristmill.trainer.training.TrainingPaused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The stages of a run in order, and a way from one of them to another. */
final class Road {
  private Road() {}

  static void travel(RunConfig config, StageName from, StageName to) throws IOException {
    travel(config, new Start(from, false), to);
  }

  static void travel(RunConfig config, Start from, StageName to) throws IOException {
    if (from.stage().compareTo(to) > 0) {
      throw new IllegalArgumentException(
          "--from %s comes after --to %s; the order is %s"
              .formatted(from, to, List.of(StageName.values())));
    }
    travel(config, (spark, console) -> between(from, to, spark, config, console), stages -> {});
  }

  /** The stages from the first to this one. */
  static List<Stage> until(StageName to, SparkSession spark, RunConfig config, Console console) {
    return between(Start.FIRST, to, spark, config, console);
  }

  private static List<Stage> between(
      Start from, StageName to, SparkSession spark, RunConfig config, Console console) {
    var stages = new ArrayList<Stage>();
    for (StageName name : StageName.values()) {
      if (name.compareTo(from.stage()) >= 0 && name.compareTo(to) <= 0) {
        stages.addAll(
            name == StageName.CURATE && from.filter()
                ? fromFilter(spark, config)
                : stages(name, spark, config, console));
      }
    }
    return stages;
  }

  /** What to do when the stages are up to date and Spark still runs. */
  @FunctionalInterface
  interface Arrival<S extends Stage> {
    void at(List<S> stages) throws IOException;
  }

  /** Brings stages up to date that need not be those of a run. */
  static <S extends Stage> void travel(
      RunConfig config, BiFunction<SparkSession, Console, List<S>> stages, Arrival<S> arrival)
      throws IOException {
    Console console = Console.standardError();
    try (SparkSession spark = Sessions.start(config.name())) {
      spark.sparkContext().addSparkListener(new TaskProgress(console));
      List<S> all = stages.apply(spark, console);
      int ran = new StageRunner(spark, console::line).run(all);
      arrival.at(all);
      console.line(
          ran == 0
              ? "all is up to date: %s".formatted(config.output())
              : "done: %s".formatted(config.output()));
    } catch (TrainingPaused paused) {
      console.line(paused.getMessage());
    }
  }

  private static List<Stage> stages(
      StageName name, SparkSession spark, RunConfig config, Console console) {
    return switch (name) {
      case CURATE -> new Curate(spark, config).stages();
      case TRAIN_TOKENIZER -> List.of(tokenizer(spark, config, console));
      case TOKENIZE -> List.of(new Tokenize(spark, config));
      case MIX -> List.of(new Mix(spark, config, console));
      case PRETRAIN -> List.of(new Pretrain(spark, config, console));
      case EVALUATE -> List.of(new Evaluate(spark, config, console));
      case GENERATE -> List.of(new Generate(spark, config, console));
      case REPORT -> List.of(new WriteReport(spark, config));
    };
  }

  private static List<Stage> fromFilter(SparkSession spark, RunConfig config) {
    try {
      return new Curate(spark, config).fromFilter();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains a tokenizer, or takes the one that is given. */
  static Stage tokenizer(SparkSession spark, RunConfig config, Console console) {
    GivenTokenizer given = config.givenTokenizer();
    return given.use() == GivenTokenizer.Use.ADOPT
        ? new AdoptTokenizer(spark, config, new Path(given.path()))
        : new TrainTokenizer(spark, config, console);
  }
}
