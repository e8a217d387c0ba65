package io.gristmill.tokenization.bpe;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The counts that training is made of, on Spark, of texts with the columns {@code text}, UTF-8, and
 * {@code count}, how often it counts.
 */
final class Counting {
  /** Columns of {@link #pairs}. */
  static final StructType PAIRS =
      new StructType().add("pair", DataTypes.LongType, false).add("count", DataTypes.LongType);

  private static final StructType BUCKETS =
      new StructType()
          .add("bucket", DataTypes.IntegerType, false)
          .add("pieces", DataTypes.BinaryType, false);

  /** A task hands its counts on when its different pieces take this many bytes. */
  private static final int TASK_BYTES = 64 << 20;

  /** A task hands its counts on when it has this many different pairs. */
  private static final int TASK_PAIRS = 4 << 20;

  private static final int BLOCK_BYTES = 1 << 20;

  /**
   * Counts are added up in so many parts, however many partitions the session would make: few, as
   * each costs a task, and many enough for the driver to fetch the pieces one part at a time.
   */
  private static final int FEWEST_BUCKETS = 16;

  /** Makes the cutting that a task works with. */
  @FunctionalInterface
  interface Cuttings extends Supplier<Cutting>, Serializable {}

  private Counting() {}

  /** The pairs of neighbours, as {@link PairIndex#pair} makes them, and how often each occurs. */
  static Dataset<Row> pairs(Dataset<Row> texts, Cuttings cuttings) {
    MapPartitionsFunction<Row, Row> count = rows -> new CountedPairs(rows, cuttings.get());
    return texts
        .mapPartitions(count, Encoders.row(PAIRS))
        .repartition(buckets(texts), col("pair"))
        .groupBy(col("pair"))
        .agg(sum(col("count")).as("count"));
  }

  private static int buckets(Dataset<Row> texts) {
    return Math.max(FEWEST_BUCKETS, texts.sparkSession().sparkContext().defaultParallelism());
  }

  /**
   * The different pieces and how often each occurs, a {@link PieceBlock} a row.
   *
   * @param together pairs of neighbours between which pieces are not cut
   */
  static Dataset<byte[]> pieces(
      Dataset<Row> texts, Cuttings cuttings, Broadcast<FrequentPairs> together) {
    int buckets = buckets(texts);
    MapPartitionsFunction<Row, Row> count =
        rows -> {
          var counts = new PieceCounts(cuttings.get());
          Runnable fill =
              () -> {
                while (rows.hasNext() && counts.bytes() < TASK_BYTES) {
                  Row row = rows.next();
                  counts.addText(row.getAs(0), row.getLong(1), together.value());
                }
              };
          return new Blocks(counts, buckets, fill);
        };
    MapPartitionsFunction<Row, byte[]> add =
        rows -> {
          var counts = new PieceCounts(cuttings.get());
          while (rows.hasNext()) {
            PieceBlock.forEach(rows.next().getAs(1), counts::add);
          }
          var blocks = new Blocks(counts, 1, () -> {});
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return blocks.hasNext();
            }

            @Override
            public byte[] next() {
              return blocks.next().getAs(1);
            }
          };
        };
    return texts
        .mapPartitions(count, Encoders.row(BUCKETS))
        .repartition(buckets, col("bucket"))
        .mapPartitions(add, Encoders.BINARY());
  }

  /** The pairs of one partition, in parts that fit in memory. */
  private static final class CountedPairs implements Iterator<Row> {
    private final Iterator<Row> texts;
    private final Cutting cutting;
    private final PairCounts counts = new PairCounts();
    private int slot;

    CountedPairs(Iterator<Row> texts, Cutting cutting) {
      this.texts = texts;
      this.cutting = cutting;
      fill();
    }

    private void fill() {
      counts.clear();
      slot = 0;
      while (texts.hasNext() && counts.size() < TASK_PAIRS) {
        Row row = texts.next();
        long count = row.getLong(1);
        cutting.pairs(row.getAs(0), (left, right) -> counts.add(left, right, count));
      }
    }

    @Override
    public boolean hasNext() {
      while (true) {
        while (slot < counts.slots() && counts.isEmpty(slot)) {
          slot++;
        }
        if (slot < counts.slots()) {
          return true;
        }
        if (!texts.hasNext()) {
          return false;
        }
        fill();
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no pairs left");
      }
      slot++;
      return RowFactory.create(counts.pair(slot - 1), counts.count(slot - 1));
    }
  }

  /** Counted pieces bucket by bucket; counts again when all are handed on. */
  private static final class Blocks implements Iterator<Row> {
    private final PieceCounts counts;
    private final int buckets;
    private final Runnable fill;
    private final PieceBlock block = new PieceBlock();
    private int[] entries = {};
    private int next;

    Blocks(PieceCounts counts, int buckets, Runnable fill) {
      this.counts = counts;
      this.buckets = buckets;
      this.fill = fill;
      fill.run();
      entries = counts.byBucket(buckets);
    }

    @Override
    public boolean hasNext() {
      if (next == entries.length) {
        counts.clear();
        fill.run();
        entries = counts.byBucket(buckets);
        next = 0;
      }
      return next < entries.length;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no pieces left");
      }
      int bucket = counts.bucket(entries[next], buckets);
      while (next < entries.length
          && block.size() < BLOCK_BYTES
          && counts.bucket(entries[next], buckets) == bucket) {
        counts.put(entries[next++], block);
      }
      return RowFactory.create(bucket, block.take());
    }
  }
}
