package io.gristmill.jobs;

import io.gristmill.jobs.ablation.AblationJob;
import io.gristmill.jobs.config.AblationConfig;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.report.AblationPage;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.TextFile;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * shards/ to ablation/: many small trainings that differ in their mixture, and the ratio that their
 * losses recommend. The trainings lie in ablation-trainings/ and serve later questions too.
 */
public final class Ablate implements Stage {
  static final String NAME = "ablate";
  private static final int VERSION = 1;

  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final AblationJob job;

  /**
   * @throws IllegalArgumentException if the configuration asks for no ablation
   */
  Ablate(SparkSession spark, RunConfig config, Console console) {
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.job =
        new AblationJob(JavaSparkContext.fromSparkContext(spark.sparkContext()), config, console);
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
    return folders.ablation();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    AblationConfig ablation = config.ablations().getFirst();
    Inputs inputs =
        new Inputs(VERSION)
            .value("name", config.name())
            .configuration("ablate", ablation)
            .configuration("mixture", config.mixture());
    if (config.modelFrom().isEmpty()) {
      inputs.configuration("model", config.model());
    } else {
      inputs.value("model.from", job.given().sha256());
    }
    return TrainingInputs.add(inputs, config)
        .without("pretrain.steps")
        .without("pretrain.validation-interval")
        .published("train-tokenizer", folders.tokenizer(), hadoop)
        .published("tokenize", folders.shards(), hadoop)
        .all();
  }

  @Override
  public void check() throws IOException {
    job.check();
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public String run() throws IOException {
    String page = AblationPage.render(job.run());
    Path path = new Path(folder(), "ablation.html");
    TextFile.write(path, page, hadoop);
    return path.toString();
  }

  /** What the last run has found, in some lines for a terminal. */
  List<String> summary() throws IOException {
    return TextFile.lines(new Path(folder(), AblationJob.SUMMARY), hadoop);
  }
}
