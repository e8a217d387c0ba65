package io.gristmill.curation.passage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.shiftleft;

import io.gristmill.curation.dedup.Rows;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.dedup.StoredDocument;
import io.gristmill.curation.passage.Occurrence.Rest;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds what documents lose because it stands in another, or earlier in the same. The text is read
 * twice where it lies and never shuffled: first for keys, then for what is left of the documents of
 * which something goes.
 *
 * <p>Of all occurrences of a key the first stays: that of the document that survives first, the
 * longest, then the earliest, then that of the smallest id; within it the foremost. Therefore each
 * character that goes is a copy of one before it in that order, and following copies to their
 * originals ends at one that is kept: nothing loses its last copy.
 */
public final class DuplicatePassages {
  /** Rows that a task sorts, about 70 MB in memory. */
  private static final long TASK_ROWS = 1L << 20;

  private DuplicatePassages() {}

  /**
   * Every document that loses something, see {@link Shortened#SCHEMA}. The same for any
   * partitioning and order of {@code documents}.
   *
   * @param documents as {@link io.gristmill.curation.dedup.Duplicates} takes them
   * @param gone columns {@code file int, row int}: the documents that others survive
   * @param steps keeps the intermediate steps
   */
  public static Dataset<Row> shortened(
      Dataset<Row> documents, Dataset<Row> gone, PassageConfig config, Steps steps) {
    int files = Placed.files(documents);
    Column place = shiftleft(col("file").cast("long"), 32).plus(col("row")).as(Found.AT);
    Path places = steps.made("gone", folder -> Placed.write(gone.select(place), files, folder));
    Dataset<Row> occurrences =
        steps.table("occurrences", occurrences(documents, places, files, config));
    Path found =
        steps.made(
            "found",
            folder -> Placed.write(found(occurrences), files, folder, "kind", "start", "end"));
    return steps.table("shortened", shortened(documents, found, files, config));
  }

  /** The occurrences that each task cannot decide about, and those that are certain to go. */
  static Dataset<Row> occurrences(
      Dataset<Row> documents, Path gone, int files, PassageConfig config) {
    var hadoop = hadoop(documents);
    String folder = gone.toString();
    MapPartitionsFunction<Row, Row> each =
        rows -> new OccurrenceRows(rows, new PlacedReader(folder, files, hadoop.value()), config);
    return documents
        .select(StoredDocument.columns())
        .mapPartitions(each, Encoders.row(Occurrence.SCHEMA));
  }

  /** What goes, and the first occurrences of it. */
  static Dataset<Row> found(Dataset<Row> occurrences) {
    Column goes = col("rest").equalTo(Rest.EARLIER.number());
    Dataset<Row> open = occurrences.where(not(goes));
    int tasks = Math.toIntExact(Math.max(1, Math.ceilDiv(open.count(), TASK_ROWS)));
    MapPartitionsFunction<Row, Row> decide =
        rows -> Rows.map(Found.found(Rows.map(rows, Occurrence::fromRow)), Found::toRow);
    return open.repartition(tasks, col("key_high"), col("key_low"))
        .sortWithinPartitions(Occurrence.order())
        .mapPartitions(decide, Encoders.row(Found.SCHEMA))
        .union(
            occurrences
                .where(goes)
                .select(col(Found.AT), col("kind"), col("start"), col("end"), lit(false)));
  }

  private static Dataset<Row> shortened(
      Dataset<Row> documents, Path found, int files, PassageConfig config) {
    var hadoop = hadoop(documents);
    String folder = found.toString();
    MapPartitionsFunction<Row, Row> each =
        rows -> new ShortenedRows(rows, new PlacedReader(folder, files, hadoop.value()), config);
    return documents
        .select(ShortenedRows.columns())
        .mapPartitions(each, Encoders.row(Shortened.SCHEMA));
  }

  private static SerializableConfiguration hadoop(Dataset<Row> rows) {
    return new SerializableConfiguration(rows.sparkSession().sparkContext().hadoopConfiguration());
  }
}
