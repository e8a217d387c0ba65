package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.exchange.ShardImport;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import java.io.IOException;
import java.time.Instant;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The files of another trainer to shards/, in place of what tokenize would write. */
public final class ImportShards implements Stage {
  static final String NAME = "import-shards";

  private static final int VERSION = 1;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final ShardImport shardImport;

  ImportShards(SparkSession spark, RunConfig config, ShardImport shardImport) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.shardImport = shardImport;
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
    return folders.shards();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    var inputs =
        new Inputs(VERSION)
            .value("format", shardImport.format().key())
            .configuration("shards", config.shards())
            .published("train-tokenizer", folders.tokenizer(), hadoop);
    for (ShardImport.File file : shardImport.files(hadoop)) {
      inputs.value(
          "file " + file.name(),
          "%d bytes of %s".formatted(file.length(), Instant.ofEpochMilli(file.modified())));
    }
    return inputs.all();
  }

  /** Encoded documents took long to make. */
  @Override
  public boolean keepsWhatItReplaces() {
    return true;
  }

  @Override
  public String run() throws IOException {
    Tokenizer tokenizer =
        TokenizerJson.read(new Path(folders.tokenizer(), TokenizerJson.FILE), hadoop);
    ShardIndex index = shardImport.write(spark, tokenizer, config.shards(), folder()).index();
    return "%,d documents, %,d tokens; go on with gristmill run --from mix"
        .formatted(
            index.groups().stream().mapToLong(ShardGroup::documents).sum(),
            index.groups().stream().mapToLong(ShardGroup::tokens).sum());
  }
}
