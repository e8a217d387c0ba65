package io.gristmill.jobs;

import static org.apache.spark.sql.functions.lit;

import io.gristmill.curation.TrainingTexts;
import io.gristmill.curation.quality.classifier.ClassifierModel;
import io.gristmill.curation.quality.classifier.ClassifierTraining;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.jobs.config.QualityClassifierConfig;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.TextFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Wanted and unwanted texts to classifier/: a model, and how it does on texts held out. */
public final class TrainClassifier implements Stage {
  static final String NAME = "train-classifier";

  private static final int VERSION = 1;
  private static final String SUMMARY = "classifier.txt";

  private final SparkSession spark;
  private final RunConfig run;
  private final QualityClassifierConfig config;
  private final Configuration hadoop;

  TrainClassifier(SparkSession spark, RunConfig run) {
    this.spark = spark;
    this.run = run;
    this.config = run.classifier();
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  public static void main(String[] arguments) {
    Gristmill.runCommand(NAME, arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Path folder() {
    return run.folders().classifier();
  }

  @Override
  public void check() {
    if (config.wanted().isEmpty() || config.unwanted().isEmpty()) {
      throw new IllegalArgumentException(
          "classifier.%s is missing, must be a list of sources; 'wanted' are texts such as documents should be, 'unwanted' a part of the crawl"
              .formatted(config.wanted().isEmpty() ? "wanted" : "unwanted"));
    }
  }

  @Override
  public SortedMap<String, String> inputs() {
    check();
    return QualityInputs.of(new Inputs(VERSION), run.curate(), hadoop)
        .configuration("classifier", config)
        .hash("wanted texts", QualityInputs.listed(config.wanted(), run.curate(), hadoop))
        .hash("unwanted texts", QualityInputs.listed(config.unwanted(), run.curate(), hadoop))
        .all();
  }

  @Override
  public String run() throws IOException {
    Dataset<Row> texts =
        texts(config.wanted(), true)
            .unionByName(texts(config.unwanted(), false))
            .persist(StorageLevel.MEMORY_AND_DISK());
    ClassifierTraining.Trained trained = ClassifierTraining.train(texts, config.training());
    texts.unpersist();
    try (OutputStream out =
        folder().getFileSystem(hadoop).create(new Path(folder(), ClassifierModel.FILE), true)) {
      trained.model().write(out);
    }
    List<String> lines = trained.report().lines();
    TextFile.write(new Path(folder(), SUMMARY), String.join("\n", lines) + "\n", hadoop);
    return lines.get(0) + "; " + lines.get(1);
  }

  List<String> summary() throws IOException {
    return TextFile.lines(new Path(folder(), SUMMARY), hadoop);
  }

  private Dataset<Row> texts(List<SourceConfig> sources, boolean wanted) {
    return TrainingTexts.texts(spark, sources, run.curate()).withColumn("wanted", lit(wanted));
  }

  /** The command. */
  @Command(
      name = NAME,
      mixinStandardHelpOptions = true,
      header = "A classifier that tells wanted texts from those of the crawl.")
  static final class Training implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws IOException {
      RunConfig config = options.read();
      Road.travel(
          config,
          (spark, console) -> List.of(new TrainClassifier(spark, config)),
          stages -> stages.getFirst().summary().forEach(command.commandLine().getOut()::println));
      return 0;
    }
  }
}
