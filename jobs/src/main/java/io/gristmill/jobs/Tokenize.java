package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Sharding;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** documents/ and tokenizer/ to shards/: the kept documents as shuffled tokens. */
public final class Tokenize implements Stage {
  private static final int VERSION = 1;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;

  Tokenize(SparkSession spark, RunConfig config) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.TOKENIZE, arguments);
  }

  @Override
  public String name() {
    return StageName.TOKENIZE.toString();
  }

  @Override
  public Path folder() {
    return folders.shards();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    Inputs inputs =
        new Inputs(VERSION)
            .configuration("shards", config.shards())
            .without("shards.domains"); // names alone, see amend
    if (config.shards().rehydration().everyOnce()) {
      inputs.without("shards.rehydration"); // shards of before it could be asked for stay valid
    }
    return inputs
        .published("curate", folders.documents(), hadoop)
        .published("train-tokenizer", folders.tokenizer(), hadoop)
        .all();
  }

  @Override
  public String run() throws IOException {
    Tokenizer tokenizer = TokenizerFiles.read(folders.tokenizer(), hadoop);
    ShardIndex index =
        Sharding.write(Documents.kept(spark, folders), tokenizer, config.shards(), folder())
            .index();
    long copied =
        index.groups(Split.TRAIN).stream().mapToLong(group -> group.copies().tokens()).sum();
    return "%,d tokens to train on%s, %,d held out"
        .formatted(
            tokens(index, Split.TRAIN),
            copied == 0 ? "" : " (%,d of them copies by rehydration)".formatted(copied),
            tokens(index, Split.VALIDATION));
  }

  @Override
  public Set<String> amendable() {
    return Set.of(Shards.INDEX);
  }

  /** What mixtures call the domains is changed without encoding again. */
  @Override
  public Optional<String> amend() throws IOException {
    Shards shards = Shards.open(folder(), hadoop);
    ShardIndex named = shards.index().withMixtureDomains(config.shards().domains());
    if (named.equals(shards.index())) {
      return Optional.empty();
    }
    shards.withMixtureDomains(config.shards().domains());
    return Optional.of("domains renamed, nothing encoded again: " + named.labels(Split.TRAIN));
  }

  private static long tokens(ShardIndex index, Split split) {
    return index.groups(split).stream().mapToLong(ShardGroup::tokens).sum();
  }
}
