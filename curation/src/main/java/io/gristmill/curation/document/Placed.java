package io.gristmill.curation.document;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows about documents, stored so that a task that reads documents again finds those of its own
 * file: what is about file f lies in {@code part-<f mod files>}, sorted by {@link Place}. See
 * {@link PlacedScan}.
 */
public final class Placed {
  /** The column of the place, of type long. */
  public static final String AT = "at";

  private static final int DOCUMENT_FILES_PER_FILE = 16;
  private static final int MOST_FILES = 4096;

  private Placed() {}

  /**
   * Number of files that some documents are stored in; 0 where there are none.
   *
   * @param documents column {@code file int} and others; files are numbered from 0 on
   */
  public static int documentFiles(Dataset<Row> documents) {
    Row last = documents.agg(max("file")).first();
    return last.isNullAt(0) ? 0 : last.getInt(0) + 1;
  }

  /** Number of files for what is about documents that are stored in so many. */
  public static int files(int documentFiles) {
    return Math.clamp(documentFiles / DOCUMENT_FILES_PER_FILE, 1, MOST_FILES);
  }

  /**
   * Writes rows by place.
   *
   * @param rows with column {@link #AT}
   * @param then what sorts the rows of one place
   */
  public static void write(Dataset<Row> rows, int files, Path folder, String... then) {
    Column[] order = new Column[then.length + 1];
    order[0] = col(AT);
    for (int i = 0; i < then.length; i++) {
      order[i + 1] = col(then[i]);
    }
    ParquetFiles.write(
        rows.repartitionById(files, pmod(Place.file(col(AT)), lit(files)).cast("int"))
            .sortWithinPartitions(order),
        folder);
  }
}
