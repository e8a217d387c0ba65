package io.gristmill.mixing.spark;

import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.mixing.mixture.EntropySample;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.tokenization.shard.Shards;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The plan of a mixture, with the entropies measured that its weights may come from. */
public final class MeasuredMixture {
  private MeasuredMixture() {}

  /**
   * The plan; without {@code by: entropy} no shard is read.
   *
   * @throws IllegalArgumentException as {@link MixturePlanner#plan}
   */
  public static Mixture plan(SparkSession spark, MixtureConfig config, Shards shards) {
    if (!config.wantsEntropies()) {
      return MixturePlanner.plan(config, shards.index());
    }
    List<EntropySample> samples = MixturePlanner.samples(config, shards.index());
    List<BigramEntropy> entropies = BigramEntropies.measure(spark, shards, samples);
    return MixturePlanner.plan(config, shards.index(), entropies);
  }
}
