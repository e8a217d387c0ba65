package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;

import io.gristmill.curation.document.ParquetFiles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The documents that are not alone in their component, stored so that a task that reads documents
 * again finds those of its own file: file f in {@code part-<f mod files>}, sorted by place.
 */
final class Members {
  static final String AT = "at";
  static final String ROOT_RANK = "root_rank";
  static final String ROOT_PREFIX = "root_id_prefix";
  static final String ROOT_AT = "root_at";
  static final String SIZE = "cluster_size";

  private Members() {}

  /**
   * Each member of a component of at least two: its place, the root and the component's size.
   *
   * @param stars edges of a star forest
   */
  static Dataset<Row> members(Dataset<Row> stars) {
    Dataset<Row> nodes =
        stars
            .select(col("child.at").as(AT), col("parent").as("root"))
            .union(stars.select(col("parent.at").as(AT), col("parent").as("root")).distinct());
    return nodes.select(
        col(AT),
        col("root.rank").as(ROOT_RANK),
        col("root.id_prefix").as(ROOT_PREFIX),
        col("root.at").as(ROOT_AT),
        count(lit(1)).over(Window.partitionBy("root.at")).cast("int").as(SIZE));
  }

  /** Writes members for {@link MemberReader}. */
  static void write(Dataset<Row> members, int files, Path folder) {
    ParquetFiles.write(
        members
            .repartitionById(files, pmod(shiftright(col(AT), 32), lit(files)).cast("int"))
            .sortWithinPartitions(AT),
        folder);
  }
}
