package io.gristmill.curation.quality.ngram;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.storage.StorageLevel;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Trains a model: interpolated modified Kneser-Ney (Chen and Goodman 1998; Heafield et al. 2013)
 * over n-grams counted by Spark. Only counts are added up, so the model is the same to the bit
 * however the texts are partitioned.
 */
public final class NgramTraining {
  private static final String WORDS = "words";
  private static final String KEY = "key";
  private static final String SHORTER = "shorter";
  private static final String CONTEXT = "context";

  /** How often an n-gram occurs. */
  private static final String OCCURRENCES = "occurrences";

  /** What smoothing counts: occurrences of the longest n-grams, of others the words before them. */
  private static final String COUNT = "adjusted";

  private static final String TOTAL = "total";
  private static final String WEIGHT = "weight";
  private static final String PROBABILITY = "probability";

  private static final String SHUFFLE_TASKS = "spark.sql.shuffle.partitions";

  /**
   * Of a shuffle, for one task of texts: Spark's own number is the same for one as for a million.
   */
  private static final int TASKS_OF_ONE = 8;

  private NgramTraining() {}

  /**
   * Trains a model that knows the percentiles of the perplexity of other texts than it was trained
   * on.
   *
   * @param training rows with a {@code text}, all in one language
   * @param measured the same, of which the percentiles are
   * @throws IllegalArgumentException if there is no word in either
   */
  public static NgramModel train(
      Dataset<Row> training, Dataset<Row> measured, String language, NgramConfig config) {
    return Percentiles.measured(train(training, language, config), measured);
  }

  /**
   * Trains a model without percentiles.
   *
   * @param documents rows with a {@code text}, all in one language
   * @throws IllegalArgumentException if there is no word in them
   */
  static NgramModel train(Dataset<Row> documents, String language, NgramConfig config) {
    RuntimeConfig settings = documents.sparkSession().conf();
    String before = settings.get(SHUFFLE_TASKS);
    int few = TASKS_OF_ONE * documents.rdd().getNumPartitions();
    settings.set(SHUFFLE_TASKS, Integer.toString(Math.min(few, Integer.parseInt(before))));
    try {
      return trained(documents, language, config);
    } finally {
      settings.set(SHUFFLE_TASKS, before);
    }
  }

  private static NgramModel trained(Dataset<Row> documents, String language, NgramConfig config) {
    Dataset<Row> counted = counted(documents, config).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> adjusted =
        adjusted(counted, config.order()).persist(StorageLevel.MEMORY_AND_DISK());
    List<Discounts> discounts = discounts(adjusted, config.order());
    Dataset<Row> contexts =
        contexts(adjusted, discounts, config).persist(StorageLevel.MEMORY_AND_DISK());
    long vocabulary = adjusted.where(col(WORDS).equalTo(1)).count();
    if (vocabulary == 0) {
      throw new IllegalArgumentException("there is no word in the texts");
    }
    Row none = contexts.where(col(WORDS).equalTo(1)).head();
    double unknown = none.<Double>getAs(WEIGHT) / (vocabulary + 1);
    var levels = new ArrayList<Dataset<Row>>();
    levels.add(
        unigrams(
            adjusted,
            contexts,
            discounts.getFirst(),
            none.getAs(TOTAL),
            unknown,
            config.minCount(1)));
    for (int words = 2; words <= config.order(); words++) {
      levels.add(
          longer(
                  adjusted,
                  contexts,
                  levels.getLast(),
                  discounts.get(words - 1),
                  words,
                  config.minCount(words))
              .persist(StorageLevel.MEMORY_AND_DISK()));
    }
    CompactTable table = table(levels, contexts, config.order(), unknown);
    levels.subList(1, levels.size()).forEach(Dataset::unpersist);
    contexts.unpersist();
    adjusted.unpersist();
    counted.unpersist();
    return new NgramModel(language, table, new float[NgramModel.PERCENTILES]);
  }

  private static Dataset<Row> counted(Dataset<Row> documents, NgramConfig config) {
    int order = config.order();
    MapPartitionsFunction<Row, Row> ngrams = rows -> ngrams(rows, order);
    return documents
        .select("text")
        .mapPartitions(ngrams, Encoders.row(NgramRows.SCHEMA))
        .groupBy(WORDS, KEY, SHORTER, CONTEXT)
        .agg(count(lit(1)).as(OCCURRENCES));
  }

  private static Iterator<Row> ngrams(Iterator<Row> rows, int order) {
    return Rows.flatMap(rows, row -> new NgramRows(row.getString(0), order));
  }

  /** Occurrences become words before, but for the longest and for those that begin a line. */
  private static Dataset<Row> adjusted(Dataset<Row> counted, int order) {
    Dataset<Row> before =
        counted
            .where(col(WORDS).gt(1))
            .groupBy(col(WORDS).minus(1).as(WORDS), col(SHORTER).as(KEY))
            .agg(count(lit(1)).as("before"));
    return counted
        .join(before, asColumns(WORDS, KEY), "left")
        .withColumn(
            COUNT,
            when(col(WORDS).equalTo(order), col(OCCURRENCES))
                .otherwise(coalesce(col("before"), col(OCCURRENCES))))
        .drop("before");
  }

  private static List<Discounts> discounts(Dataset<Row> adjusted, int order) {
    long[][] counts = new long[order][4];
    adjusted
        .where(col(COUNT).leq(4))
        .groupBy(WORDS, COUNT)
        .count()
        .collectAsList()
        .forEach(row -> counts[row.getInt(0) - 1][(int) row.getLong(1) - 1] = row.getLong(2));
    return Arrays.stream(counts).map(Discounts::of).toList();
  }

  /** Of every context: the counts after it, and the share of probability left for shorter ones. */
  private static Dataset<Row> contexts(
      Dataset<Row> adjusted, List<Discounts> discounts, NgramConfig config) {
    Column stays = stays(config);
    Dataset<Row> sums =
        adjusted
            .groupBy(WORDS, CONTEXT)
            .agg(
                sum(COUNT).as(TOTAL),
                sum(when(stays, lit(0L)).otherwise(col(COUNT))).as("gone"),
                count(when(stays.and(col(COUNT).equalTo(1)), 1)).as("ones"),
                count(when(stays.and(col(COUNT).equalTo(2)), 1)).as("twos"),
                count(when(stays.and(col(COUNT).gt(2)), 1)).as("more"));
    Column weight = lit(0.0);
    for (int words = 1; words <= config.order(); words++) {
      Discounts discount = discounts.get(words - 1);
      weight =
          when(
                  col(WORDS).equalTo(words),
                  col("ones")
                      .multiply(discount.one())
                      .plus(col("twos").multiply(discount.two()))
                      .plus(col("more").multiply(discount.more()))
                      .plus(col("gone"))
                      .divide(col(TOTAL)))
              .otherwise(weight);
    }
    return sums.select(col(WORDS), col(CONTEXT), col(TOTAL), weight.as(WEIGHT));
  }

  private static Column stays(NgramConfig config) {
    Column least = lit(config.minCount(config.order()));
    for (int words = 1; words < config.order(); words++) {
      least = when(col(WORDS).equalTo(words), lit(config.minCount(words))).otherwise(least);
    }
    return col(OCCURRENCES).geq(least);
  }

  private static Dataset<Row> unigrams(
      Dataset<Row> adjusted,
      Dataset<Row> contexts,
      Discounts discounts,
      long total,
      double unknown,
      int minCount) {
    // the mark of a line's beginning is a context, never a word that comes
    Dataset<Row> mark =
        contexts
            .where(col(WORDS).equalTo(2).and(col(CONTEXT).equalTo(NgramModel.BEGIN)))
            .select(col(CONTEXT).as(KEY), lit(0.0).as(PROBABILITY));
    return adjusted
        .where(col(WORDS).equalTo(1).and(col(OCCURRENCES).geq(minCount)))
        .select(
            col(KEY), discounted(discounts).divide((double) total).plus(unknown).as(PROBABILITY))
        .union(mark);
  }

  private static Dataset<Row> longer(
      Dataset<Row> adjusted,
      Dataset<Row> contexts,
      Dataset<Row> shorter,
      Discounts discounts,
      int words,
      int minCount) {
    Dataset<Row> these =
        adjusted.where(col(WORDS).equalTo(words).and(col(OCCURRENCES).geq(minCount))).drop(WORDS);
    return these
        .join(contexts.where(col(WORDS).equalTo(words)).drop(WORDS), CONTEXT)
        .join(shorter.toDF(SHORTER, "less"), SHORTER)
        .select(
            col(KEY),
            discounted(discounts)
                .divide(col(TOTAL))
                .plus(col(WEIGHT).multiply(col("less")))
                .as(PROBABILITY));
  }

  private static Column discounted(Discounts discounts) {
    Column discount =
        when(col(COUNT).equalTo(1), discounts.one())
            .when(col(COUNT).equalTo(2), discounts.two())
            .otherwise(discounts.more());
    return col(COUNT).minus(discount);
  }

  private static CompactTable table(
      List<Dataset<Row>> levels, Dataset<Row> contexts, int order, double unknown) {
    var entries = new ArrayList<Entries>();
    long count = 0;
    for (int words = 1; words <= order; words++) {
      Dataset<Row> weights =
          contexts.where(col(WORDS).equalTo(words + 1)).select(col(CONTEXT).as(KEY), col(WEIGHT));
      Entries read = Entries.of(levels.get(words - 1).join(weights, asColumns(KEY), "left"));
      entries.add(read);
      count += read.count;
    }
    long[] slots = new long[CompactTable.slots(count)];
    entries.forEach(read -> read.putInto(slots));
    return new CompactTable(order, (float) StrictMath.log10(unknown), slots);
  }

  private static Seq<String> asColumns(String... names) {
    return CollectionConverters.asScala(Arrays.asList(names)).toSeq();
  }

  /** N-grams of one length in the order of their keys. */
  private static final class Entries {
    private long[] keys = new long[1024];
    private double[] probabilities = new double[1024];
    private double[] weights = new double[1024];
    private int count;

    static Entries of(Dataset<Row> rows) {
      var entries = new Entries();
      rows.select(KEY, PROBABILITY, WEIGHT)
          .orderBy(KEY)
          .toLocalIterator()
          .forEachRemaining(
              row ->
                  entries.add(
                      row.getLong(0), row.getDouble(1), row.isNullAt(2) ? 1 : row.getDouble(2)));
      return entries;
    }

    private void add(long key, double probability, double weight) {
      if (count == keys.length) {
        keys = Arrays.copyOf(keys, count * 2);
        probabilities = Arrays.copyOf(probabilities, count * 2);
        weights = Arrays.copyOf(weights, count * 2);
      }
      keys[count] = key;
      probabilities[count] = probability;
      weights[count++] = weight;
    }

    private void putInto(long[] slots) {
      for (int i = 0; i < count; i++) {
        CompactTable.put(
            slots, keys[i], StrictMath.log10(probabilities[i]), StrictMath.log10(weights[i]));
      }
    }
  }
}
