package io.gristmill.jobs;

import io.gristmill.curation.Curation;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.report.Report;
import io.gristmill.jobs.report.data.RunFiles;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Manifest;
import io.gristmill.jobs.stage.Stage;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Whatever of the run is published to report.html. */
public final class WriteReport implements Stage {
  private static final int VERSION = 2;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;

  WriteReport(SparkSession spark, RunConfig config) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.REPORT, arguments);
  }

  @Override
  public String name() {
    return StageName.REPORT.toString();
  }

  @Override
  public Path folder() {
    return folders.report();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    var inputs =
        new Inputs(VERSION)
            .value("name", config.name())
            .configuration("curate.profile", Curation.profile(config.curate(), hadoop));
    for (Path stage :
        List.of(
            folders.contamination(),
            folders.documents(),
            folders.tokenizer(),
            folders.shards(),
            folders.mixture(),
            folders.training(),
            folders.evaluation(),
            folders.generation())) {
      if (Manifest.read(stage, hadoop).isPresent()) {
        inputs.published(stage.getName(), stage, hadoop);
      }
    }
    return inputs.all();
  }

  @Override
  public String run() throws IOException {
    Path page = new Path(folder(), "report.html");
    Report.write(
        spark,
        RunFiles.in(folders, config.name()),
        Curation.profile(config.curate(), hadoop),
        page);
    return page.toString();
  }
}
