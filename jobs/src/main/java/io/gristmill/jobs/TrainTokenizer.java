package io.gristmill.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.bpe.BpeTraining;
import io.gristmill.tokenization.bpe.Trained;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.tokenization.shard.Holdout;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * documents/ to tokenizer/: a byte-level BPE of the kept texts, the held-out ones not among them.
 */
public final class TrainTokenizer implements Stage {
  private static final int VERSION = 1;

  private final SparkSession spark;
  private final RunConfig config;
  private final RunFolders folders;
  private final Console console;

  TrainTokenizer(SparkSession spark, RunConfig config, Console console) {
    this.spark = spark;
    this.config = config;
    this.folders = config.folders();
    this.console = console;
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.TRAIN_TOKENIZER, arguments);
  }

  @Override
  public String name() {
    return StageName.TRAIN_TOKENIZER.toString();
  }

  @Override
  public Path folder() {
    return folders.tokenizer();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    return new Inputs(VERSION)
        .configuration("tokenizer", config.tokenizer())
        .configuration("shards.holdout", config.shards().holdout())
        .published("curate", folders.documents(), spark.sparkContext().hadoopConfiguration())
        .all();
  }

  @Override
  public String run() throws IOException {
    Trained trained =
        BpeTraining.train(
            training(Documents.kept(spark, folders), config.shards().holdout()),
            config.tokenizer(),
            (merges, wanted) -> console.status("%,d of %,d merges".formatted(merges, wanted)));
    TokenizerJson.write(trained.tokenizer(), folder(), spark.sparkContext().hadoopConfiguration());
    trained.warning().ifPresent(warning -> console.line("  " + warning));
    return "%,d tokens, from %,d pieces of text, %,d of them different"
        .formatted(
            trained.tokenizer().vocabularySize(), trained.pieces(), trained.distinctPieces());
  }

  /** The documents that are not held out. */
  static Dataset<Row> training(Dataset<Row> documents, Holdout holdout) {
    UDF1<String, Boolean> heldOut = holdout::holds;
    return documents.where(not(udf(heldOut, DataTypes.BooleanType).apply(col("cluster_id"))));
  }
}
