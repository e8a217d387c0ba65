package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.Placed;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The documents that are not alone in their component, one row each, which {@link Placed} stores so
 * that a task that reads documents again finds those of its own file.
 */
final class Members {
  static final String ROOT_RANK = "root_rank";
  static final String ROOT_ID_HIGH = "root_id_high";
  static final String ROOT_ID_LOW = "root_id_low";
  static final String ROOT_AT = "root_at";
  static final String SIZE = "cluster_size";
  static final String GROUP = "group";

  /** The group of a document whose component is too large for one. */
  static final long UNGROUPED = -1;

  /**
   * What a group may weigh: the characters of its documents, each counted as {@link
   * #DOCUMENT_WEIGHT} more. Bounds the memory of a verification (4 bytes a character at most) and
   * its time (2,000 documents, two million comparisons).
   */
  private static final long GROUP_WEIGHT = 4L << 20;

  private static final long DOCUMENT_WEIGHT = 2_000;

  /** What a task takes where members are sorted: some 20 MB, for documents of usual lengths. */
  private static final int MEMBERS_OF_A_TASK = 1 << 12;

  private Members() {}

  /**
   * Number of tasks for what is sorted about some members, so that a task holds as much of a large
   * corpus as of a small one.
   */
  static int tasks(Dataset<Row> members) {
    return Tasks.of(members.count(), MEMBERS_OF_A_TASK);
  }

  /**
   * Each member of a component of at least two: its place, the root, the component's size and the
   * group, which is the place of the root, or {@link #UNGROUPED}.
   *
   * @param stars edges of a star forest
   */
  static Dataset<Row> members(Dataset<Row> stars) {
    WindowSpec component = Window.partitionBy("root.at");
    Column weight =
        sum(SurvivorOrder.length(col("rank")).plus(lit(DOCUMENT_WEIGHT))).over(component);
    return nodes(stars)
        .select(
            col("node.at").as(Placed.AT),
            col("node.rank").as("rank"),
            col("root"),
            count(lit(1)).over(component).cast("int").as(SIZE))
        .withColumn(
            GROUP, when(weight.gt(lit(GROUP_WEIGHT)), lit(UNGROUPED)).otherwise(col("root.at")))
        .select(
            col(Placed.AT),
            col("root.rank").as(ROOT_RANK),
            col("root.id_high").as(ROOT_ID_HIGH),
            col("root.id_low").as(ROOT_ID_LOW),
            col("root.at").as(ROOT_AT),
            col(SIZE),
            col(GROUP));
  }

  /** Every node of a star forest with its root. */
  static Dataset<Row> nodes(Dataset<Row> stars) {
    return stars
        .select(col("child").as("node"), col("parent").as("root"))
        .union(stars.select(col("parent").as("node"), col("parent").as("root")).distinct());
  }
}
