package io.gristmill.mixing.spark;

import static org.apache.spark.sql.functions.col;

import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.mixing.bigram.CountsOfCounts;
import io.gristmill.mixing.bigram.PairCounts;
import io.gristmill.mixing.mixture.EntropySample;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardReader;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The conditional entropies of the bigrams of samples of token shards, in one pass over their
 * tokens. A task counts the pairs of a stretch in memory; the counts meet by the first token of the
 * pair, sorted, so that no task holds more. Only whole numbers are added: the result is the same on
 * any number of cores and partitions.
 */
public final class BigramEntropies {
  /** Tokens that a task counts, in at most 32 bytes each. */
  private static final int STRETCH = 1 << 19;

  private static final StructType COUNTED =
      new StructType()
          .add("sample", DataTypes.IntegerType, false)
          .add("previous", DataTypes.IntegerType, false)
          .add("token", DataTypes.IntegerType, false)
          .add("count", DataTypes.LongType, false);

  private BigramEntropies() {}

  /** Consecutive tokens of a shard group. */
  private record Stretch(int sample, String domain, String language, long from, int tokens)
      implements Serializable {}

  /** The entropy of each sample, in their order. */
  public static List<BigramEntropy> measure(
      SparkSession spark, Shards shards, List<EntropySample> samples) {
    return measure(spark, shards, samples, STRETCH);
  }

  /**
   * @param stretch tokens that a task counts
   */
  static List<BigramEntropy> measure(
      SparkSession spark, Shards shards, List<EntropySample> samples, int stretch) {
    if (samples.isEmpty()) {
      return List.of();
    }
    List<CountsOfCounts> counts = samples.stream().map(sample -> new CountsOfCounts()).toList();
    for (Row row :
        countsOfCounts(counted(spark, shards, stretches(samples, stretch))).collectAsList()) {
      CountsOfCounts of = counts.get(row.getInt(0));
      if (row.getBoolean(1)) {
        of.addPairs(row.getLong(2), row.getLong(3));
      } else {
        of.addPrevious(row.getLong(2), row.getLong(3));
      }
    }
    return counts.stream().map(CountsOfCounts::entropy).toList();
  }

  private static List<Stretch> stretches(List<EntropySample> samples, int most) {
    List<Stretch> stretches = new ArrayList<>();
    for (int s = 0; s < samples.size(); s++) {
      for (EntropySample.Part part : samples.get(s).parts()) {
        for (long from = 0; from < part.tokens(); from += most) {
          int tokens = (int) Math.min(most, part.tokens() - from);
          stretches.add(new Stretch(s, part.domain(), part.language(), from, tokens));
        }
      }
    }
    return stretches;
  }

  /** The pairs of each stretch with their counts. */
  private static Dataset<Row> counted(SparkSession spark, Shards shards, List<Stretch> stretches) {
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(spark.sparkContext());
    String folder = shards.folder().toString();
    FlatMapFunction<Stretch, Row> count =
        stretch -> count(stretch, Shards.open(new Path(folder), configuration.value().value()));
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(stretches, stretches.size())
            .flatMap(count);
    return spark.createDataFrame(rows, COUNTED);
  }

  /** An end-of-text token stands before the first document, as it does before every other. */
  private static Iterator<Row> count(Stretch stretch, Shards shards) throws IOException {
    ShardGroup group = shards.index().group(Split.TRAIN, stretch.domain(), stretch.language());
    int[] window = new int[stretch.tokens() + 1];
    try (ShardReader reader = shards.reader(group)) {
      if (stretch.from() == 0) {
        window[0] = shards.index().endOfText();
        reader.read(0, window, 1, stretch.tokens());
      } else {
        reader.read(stretch.from() - 1, window, 0, stretch.tokens() + 1);
      }
    }
    PairCounts pairs = new PairCounts();
    long vocabulary = shards.index().vocabularySize();
    for (int t = 1; t < window.length; t++) {
      pairs.increment(window[t - 1] * vocabulary + window[t]);
    }
    List<Row> rows = new ArrayList<>(pairs.size());
    pairs.forEach(
        (pair, times) ->
            rows.add(
                RowFactory.create(
                    stretch.sample(),
                    (int) (pair / vocabulary),
                    (int) (pair % vocabulary),
                    times)));
    return rows.iterator();
  }

  /** How many pairs, and how many first tokens of them, have each count, partition by partition. */
  private static Dataset<Row> countsOfCounts(Dataset<Row> counted) {
    MapPartitionsFunction<Row, Row> sum = rows -> new PairRuns(rows).countsOfCounts();
    return counted
        .repartition(col("sample"), col("previous"))
        .sortWithinPartitions("sample", "previous", "token")
        .mapPartitions(sum, Encoders.row(PairRuns.SCHEMA));
  }
}
