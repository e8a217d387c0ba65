package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import io.gristmill.curation.document.Rows;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Edges between documents that share a key: from each to a smaller one, n - 1 edges for a bucket of
 * n documents, never pairs.
 *
 * <p>What travels is (key, node). Each task first lets the documents that it reads meet in a {@link
 * StarTable} and sends only the smallest of each key, so a bucket that holds a fifth of a corpus is
 * one row a task, not one a document. The number of tasks that receive follows from the number of
 * documents, so the table of each fits into a fixed amount of memory, and nothing is sorted; beyond
 * some 800 million documents the keys are taken in several slices. Which edges there are depends on
 * who meets whom first; which documents they connect does not.
 */
final class KeyStars {
  /** Keys in the table of a task, usually: 25 to 50 MB. */
  private static final int KEYS_A_TASK = 1 << 18;

  /** What so many tasks hold in tables of 100 to 200 MB, the keys of some 800 million documents. */
  private static final long KEYS_A_SLICE = Tasks.MOST * (1L << 20);

  /** The smallest node of the {@code count} that share a key in one task, or an edge. */
  private static final StructType MET =
      new StructType()
          .add("key", DataTypes.LongType, false)
          .add("node", Node.SCHEMA, false)
          .add("parent", Node.SCHEMA)
          .add("count", DataTypes.IntegerType, false);

  /** An edge, or how many buckets have a size of at most {@code size} and more than half of it. */
  private static final StructType BUCKETS =
      new StructType()
          .add("child", Node.SCHEMA)
          .add("parent", Node.SCHEMA)
          .add("size", DataTypes.IntegerType)
          .add("buckets", DataTypes.LongType);

  /** One of several equal parts of all keys. */
  private record Slice(int number, int of) implements Serializable {
    boolean has(long key) {
      return of == 1 || Long.remainderUnsigned(Tokens.mix(key), of) == number;
    }
  }

  private KeyStars() {}

  /**
   * What comes of the buckets, step by step: {@link #edges} and {@link #sizes} read it.
   *
   * @param signatures of {@link Signatures#SCHEMA}
   * @param keys number of keys in all of them, about
   */
  static Dataset<Row> buckets(Dataset<Row> signatures, long keys, Steps steps) {
    int slices = Math.toIntExact(Math.max(1, Math.ceilDiv(keys, KEYS_A_SLICE)));
    long keysOfSlice = Math.ceilDiv(keys, slices);
    int tasks = Tasks.of(keysOfSlice, KEYS_A_TASK);
    return buckets(signatures, slices, tasks, steps);
  }

  /** The same in so many slices of the keys, each a step of so many tasks. */
  static Dataset<Row> buckets(Dataset<Row> signatures, int slices, int tasks, Steps steps) {
    return IntStream.range(0, slices)
        .mapToObj(
            slice -> {
              String name = slices == 1 ? "buckets" : "buckets-%03d".formatted(slice);
              return steps.table(name, buckets(signatures, new Slice(slice, slices), tasks));
            })
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static Dataset<Row> buckets(Dataset<Row> signatures, Slice slice, int tasks) {
    MapPartitionsFunction<Row, Row> meet = rows -> met(rows, slice);
    MapPartitionsFunction<Row, Row> join = KeyStars::joined;
    return signatures
        .select("node", "keys")
        .mapPartitions(meet, Encoders.row(MET))
        .repartition(tasks, col("key"))
        .mapPartitions(join, Encoders.row(BUCKETS));
  }

  /** The edges, each once: columns {@code child} and {@code parent}, the smaller node. */
  static Dataset<Row> edges(Dataset<Row> buckets) {
    return buckets.where(col("child").isNotNull()).select("child", "parent").distinct();
  }

  /** Buckets by size: columns {@code size}, a power of two, and {@code buckets}. */
  static Dataset<Row> sizes(Dataset<Row> buckets) {
    return buckets.where(col("size").isNotNull()).groupBy("size").agg(sum("buckets").as("buckets"));
  }

  private static Iterator<Row> met(Iterator<Row> signatures, Slice slice) {
    var table = new StarTable();
    Function<Row, Iterator<Row>> each =
        row -> {
          List<Row> met = new ArrayList<>();
          Node node = Node.fromRow(row.getStruct(0));
          LongBuffer keys = ByteBuffer.wrap(row.<byte[]>getAs(1)).asLongBuffer();
          while (keys.hasRemaining()) {
            long key = keys.get();
            if (slice.has(key)) {
              table.add(key, node, 1, edge -> met.add(toRow(edge)));
            }
          }
          return table.size() < KEYS_A_TASK
              ? met.iterator()
              : Rows.flatMap(met.iterator(), one -> List.of(one).iterator(), () -> centers(table));
        };
    return Rows.flatMap(signatures, each, () -> centers(table));
  }

  private static Iterator<Row> joined(Iterator<Row> met) {
    var table = new StarTable();
    Function<Row, Iterator<Row>> each =
        row -> {
          Node node = Node.fromRow(row.getStruct(1));
          if (!row.isNullAt(2)) {
            return edge(node, Node.fromRow(row.getStruct(2)));
          }
          List<Row> edges = new ArrayList<>(1);
          table.add(
              row.getLong(0),
              node,
              row.getInt(3),
              found -> edge(found.child(), found.parent()).forEachRemaining(edges::add));
          return edges.iterator();
        };
    return Rows.flatMap(met, each, () -> histogram(table));
  }

  /** Two documents of an index need no edge: both stay. */
  private static Iterator<Row> edge(Node child, Node parent) {
    return SurvivorOrder.known(child)
        ? Collections.emptyIterator()
        : List.of(RowFactory.create(child.toRow(), parent.toRow(), null, null)).iterator();
  }

  private static Iterator<Row> centers(StarTable table) {
    Iterator<StarTable.Star> stars = table.drain();
    return Rows.map(
        stars, star -> RowFactory.create(star.key(), star.center().toRow(), null, star.count()));
  }

  private static Row toRow(StarTable.Edge edge) {
    // spread by the child, for its edges are many and equal
    long key = Tokens.mix(edge.child().at());
    return RowFactory.create(key, edge.child().toRow(), edge.parent().toRow(), 0);
  }

  private static Iterator<Row> histogram(StarTable table) {
    long[] buckets = new long[Integer.SIZE];
    table.drain().forEachRemaining(star -> buckets[powerOfTwo(star.count())]++);
    List<Row> rows = new ArrayList<>();
    for (int power = 0; power < buckets.length; power++) {
      if (buckets[power] > 0) {
        rows.add(RowFactory.create(null, null, 1 << power, buckets[power]));
      }
    }
    return rows.iterator();
  }

  /** The exponent of the smallest power of two that is not below a size. */
  private static int powerOfTwo(int size) {
    return Math.min(Integer.SIZE - 2, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
  }
}
