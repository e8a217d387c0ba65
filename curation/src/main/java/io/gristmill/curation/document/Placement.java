package io.gristmill.curation.document;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which row goes into which file: decided by bytes and ids, never by the cluster. */
public final class Placement {
  private static final long FILE_BYTES = 256L << 20;

  private Placement() {}

  /** Number of files for so many bytes: ceil(bytes / 256 MiB), at least one. */
  public static int files(long bytes) {
    return Math.toIntExact(Math.max(1, Math.ceilDiv(bytes, FILE_BYTES)));
  }

  /**
   * The rows in {@code files} partitions by the hash of column {@code id} (Spark's murmur3 with
   * seed 42, modulo the number of files, as its bucketed tables have it). Joins on the id keep it.
   */
  public static Dataset<Row> placed(Dataset<Row> rows, int files) {
    return rows.repartition(files, col("id"));
  }
}
