package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Connected components by alternating large-star and small-star (Kiveris et al. 2014, "Connected
 * Components in MapReduce and Beyond"). Edges are rows of {@code child} and {@code parent} nodes,
 * the parent being the one that rather survives; in the end every component is a star around its
 * smallest node.
 */
final class Components {
  /** A graph of no more edges is the work of one task, in 40 MB at most. */
  private static final int EDGES_OF_A_TASK = 1 << 17;

  private Components() {}

  /**
   * The star forest of some edges: by one task where they are few, else in rounds.
   *
   * @param name of the steps, one a round
   * @param maxRounds bound; the number of rounds grows with the logarithm of the longest chain
   * @throws IllegalStateException if the components still change after the last round
   */
  static Dataset<Row> stars(String name, Dataset<Row> edges, int maxRounds, Steps steps) {
    return edges.count() <= EDGES_OF_A_TASK
        ? steps.table(step(name, 1), inOneTask(edges))
        : inRounds(name, edges, maxRounds, steps);
  }

  static Dataset<Row> inOneTask(Dataset<Row> edges) {
    MapPartitionsFunction<Row, Row> stars = Forest::stars;
    return edges.coalesce(1).mapPartitions(stars, Encoders.row(edges.schema()));
  }

  static Dataset<Row> inRounds(String name, Dataset<Row> edges, int maxRounds, Steps steps) {
    Dataset<Row> current = edges;
    Row before = fingerprint(current);
    for (int round = 1; round <= maxRounds; round++) {
      current = steps.table(step(name, round), smallStar(largeStar(current)));
      Row after = fingerprint(current);
      if (after.equals(before)) {
        return current;
      }
      before = after;
    }
    throw new IllegalStateException(
        "the duplicate clusters still grow after %d rounds; raise minhash.max-rounds"
            .formatted(maxRounds));
  }

  /**
   * Connects the neighbours of each node that are larger than it to the smallest node around it.
   */
  static Dataset<Row> largeStar(Dataset<Row> edges) {
    Dataset<Row> both =
        edges
            .select(col("child").as("of"), col("parent").as("to"))
            .union(edges.select(col("parent").as("of"), col("child").as("to")));
    Column least = first("to").over(Window.partitionBy("of.at").orderBy(Node.order("to")));
    return both.select(col("of"), col("to"), least.as("least"))
        .where(col("to").gt(col("of")))
        .select(
            col("to").as("child"),
            when(col("least").lt(col("of")), col("least")).otherwise(col("of")).as("parent"));
  }

  /** Connects each node and its smaller neighbours to the smallest of these. */
  static Dataset<Row> smallStar(Dataset<Row> edges) {
    Column least =
        first("parent").over(Window.partitionBy("child.at").orderBy(Node.order("parent")));
    return edges
        .select(col("child"), col("parent"), least.as("least"))
        .select(
            when(col("parent.at").equalTo(col("least.at")), col("child"))
                .otherwise(col("parent"))
                .as("child"),
            col("least").as("parent"))
        .distinct();
  }

  private static String step(String name, int round) {
    return "%s-%02d".formatted(name, round);
  }

  private static Row fingerprint(Dataset<Row> edges) {
    return edges.agg(count(lit(1)), bit_xor(xxhash64(col("child.at"), col("parent.at")))).first();
  }
}
