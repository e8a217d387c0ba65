package io.gristmill.tokenization.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How often a training document is written to the shards, by the size of the cluster of
 * near-duplicates that it stands for: what the web repeats is often better, what it repeats without
 * end is not (FineWeb-2, Penedo et al. 2025, arXiv 2506.20920).
 *
 * @param times by the smallest cluster size that they hold for; none for once each
 */
public record Rehydration(SortedMap<Integer, Integer> times) implements Serializable {
  private static final int MOST = 100;

  public Rehydration {
    times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
    times.forEach(
        (size, count) -> {
          if (size < 1 || count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                "shards.rehydration has %d: %d, must be a cluster size from 1 and how often its document is written, 1 to %d"
                    .formatted(size, count, MOST));
          }
        });
  }

  /** Every document once. */
  public static Rehydration none() {
    return new Rehydration(new TreeMap<>());
  }

  /**
   * As it is configured.
   *
   * @throws IllegalArgumentException if a number is none
   */
  public static Rehydration of(Map<String, String> texts) {
    SortedMap<Integer, Integer> times = new TreeMap<>();
    texts.forEach(
        (size, count) -> {
          try {
            times.put(Integer.parseInt(size), Integer.parseInt(count));
          } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                "shards.rehydration has %s: %s, must be whole numbers, as {2: 2, 3: 3, 5: 5, 100: 8, 1000: 1}"
                    .formatted(size, count),
                notANumber);
          }
        });
    return new Rehydration(times);
  }

  /** Whether every document is written once. */
  public boolean everyOnce() {
    return times.values().stream().allMatch(count -> count == 1);
  }

  /** How often the document of a cluster of this size is written. */
  public int times(int clusterSize) {
    SortedMap<Integer, Integer> upTo = times.headMap(clusterSize + 1);
    return upTo.isEmpty() ? 1 : upTo.get(upTo.lastKey());
  }

  /**
   * Rows as often as their column {@code times} says, with {@code copy}, whether it is not the
   * first. Copies are called by the {@code document_id} and their number from 2; their place in the
   * shuffle goes by this name.
   */
  static Dataset<Row> repeated(Dataset<Row> documents) {
    Column name = concat(col("document_id"), lit("#"), col("number").cast(DataTypes.StringType));
    return documents
        .withColumn("number", explode(sequence(lit(1), col("times"))))
        .withColumn("copy", col("number").gt(1))
        .withColumn("document_id", when(col("copy"), name).otherwise(col("document_id")));
  }
}
