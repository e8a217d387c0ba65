package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.exchange.ShardExport;
import io.gristmill.tokenization.shard.Shards;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** shards/ to the files of another trainer. */
public final class ExportShards implements Stage {
  static final String NAME = "export-shards";

  private static final int VERSION = 1;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunFolders folders;
  private final ShardExport export;
  private final Path target;

  ExportShards(SparkSession spark, RunConfig config, ShardExport export, Path target) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.folders = config.folders();
    this.export = export;
    this.target = target;
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
    return target;
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    return new Inputs(VERSION)
        .value("format", export.format().key())
        .value("merge", String.valueOf(export.merge()))
        .published("tokenize", folders.shards(), hadoop)
        .all();
  }

  @Override
  public void check() throws IOException {
    export.requireFits(shards().index());
  }

  @Override
  public String run() throws IOException {
    ShardExport.Written written = export.write(spark, shards(), target);
    return "%,d tokens of %,d documents in %,d files, told in %s"
        .formatted(
            written.tokens(),
            written.documents(),
            written.files(),
            new Path(target, ShardExport.INDEX));
  }

  private Shards shards() throws IOException {
    return Shards.open(folders.shards(), hadoop);
  }
}
