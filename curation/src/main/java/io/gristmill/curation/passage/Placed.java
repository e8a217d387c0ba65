package io.gristmill.curation.passage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;

import io.gristmill.curation.document.ParquetFiles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows about documents, stored so that a task that reads documents again finds those of its own
 * file: what is about file f lies in {@code part-<f mod files>}, sorted by place. See {@link
 * PlacedReader}.
 */
final class Placed {
  private static final int DOCUMENT_FILES_PER_FILE = 16;
  private static final int MOST_FILES = 4096;

  private Placed() {}

  /** Number of files for what is about some documents, from the number of theirs. */
  static int files(Dataset<Row> documents) {
    Row last = documents.agg(max("file")).first();
    int files = last.isNullAt(0) ? 1 : last.getInt(0) + 1;
    return Math.clamp(files / DOCUMENT_FILES_PER_FILE, 1, MOST_FILES);
  }

  /**
   * Writes rows by place.
   *
   * @param rows with column {@code at}, the place
   * @param then what sorts the rows of one place
   */
  static void write(Dataset<Row> rows, int files, Path folder, String... then) {
    Column[] order = new Column[then.length + 1];
    order[0] = col(Found.AT);
    for (int i = 0; i < then.length; i++) {
      order[i + 1] = col(then[i]);
    }
    ParquetFiles.write(
        rows.repartitionById(files, pmod(shiftright(col(Found.AT), 32), lit(files)).cast("int"))
            .sortWithinPartitions(order),
        folder);
  }
}
