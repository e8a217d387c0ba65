package io.gristmill.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import io.gristmill.jobs.config.GivenTokenizer;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.progress.MergesProgress;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTraining;
import io.gristmill.tokenization.bpe.Trained;
import io.gristmill.tokenization.format.TokenizerConfig;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.Holdout;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * documents/ to tokenizer/: a byte-level BPE of the kept texts, the held-out ones not among them,
 * from the bytes or on top of another one.
 */
public final class TrainTokenizer implements Stage {
  private static final int VERSION = 2;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Console console;

  TrainTokenizer(SparkSession spark, RunConfig config, Console console) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
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
    Inputs inputs = new Inputs(VERSION);
    Optional<BpeTokenizer> base = base();
    if (base.isPresent()) {
      inputs.value("tokenizer.extends", base.get().sha256());
    }
    return inputs
        .configuration("tokenizer", config.tokenizer())
        .configuration("shards.holdout", config.shards().holdout())
        .published("curate", folders.documents(), hadoop)
        .all();
  }

  @Override
  public String run() throws IOException {
    Dataset<Row> documents = training(Documents.kept(spark, folders), config.shards().holdout());
    var progress = new MergesProgress(console);
    Optional<BpeTokenizer> base = base();
    Trained trained =
        base.isPresent()
            ? BpeTraining.extend(documents, base.get(), config.tokenizer(), progress)
            : BpeTraining.train(documents, config.tokenizer(), progress);
    if (base.isPresent()) {
      TokenizerConfig kept = TokenizerFiles.config(given(), hadoop);
      TokenizerFiles.write(trained.tokenizer(), kept, folder(), hadoop);
    } else {
      TokenizerFiles.write(trained.tokenizer(), folder(), hadoop);
    }
    trained.warning().ifPresent(warning -> console.line("  " + warning));
    return "%,d tokens, from %,d pieces of text, %,d of them different"
        .formatted(
            trained.tokenizer().vocabularySize(), trained.pieces(), trained.distinctPieces());
  }

  private Path given() {
    return new Path(config.givenTokenizer().path());
  }

  /** The tokenizer that is extended. */
  private Optional<BpeTokenizer> base() throws IOException {
    if (config.givenTokenizer().use() != GivenTokenizer.Use.EXTEND) {
      return Optional.empty();
    }
    if (TokenizerFiles.read(given(), hadoop) instanceof BpeTokenizer base) {
      return Optional.of(base);
    }
    throw new IllegalArgumentException(
        "tokenizer.extends is %s, which is no byte-level BPE; only these can be extended"
            .formatted(config.givenTokenizer().path()));
  }

  /** The documents that are not held out. */
  static Dataset<Row> training(Dataset<Row> documents, Holdout holdout) {
    UDF1<String, Boolean> heldOut = holdout::holds;
    return documents.where(not(udf(heldOut, DataTypes.BooleanType).apply(col("cluster_id"))));
  }
}
