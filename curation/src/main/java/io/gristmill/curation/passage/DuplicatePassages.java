package io.gristmill.curation.passage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.dedup.StoredDocument;
import io.gristmill.curation.document.Place;
import io.gristmill.curation.document.Placed;
import io.gristmill.curation.document.PlacedScan;
import io.gristmill.curation.document.Rows;
import io.gristmill.curation.passage.Occurrence.Rest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

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
    int files = Placed.files(Placed.documentFiles(documents));
    Column place = Place.of(col("file"), col("row")).as(Placed.AT);
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
    return PlacedScan.of(documents.sparkSession(), gone, files)
        .rows(
            documents.select(StoredDocument.columns()),
            Occurrence.SCHEMA,
            () -> new Occurrences(config));
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
                .select(col(Placed.AT), col("kind"), col("start"), col("end"), lit(false)));
  }

  private static Dataset<Row> shortened(
      Dataset<Row> documents, Path found, int files, PassageConfig config) {
    return PlacedScan.of(documents.sparkSession(), found, files)
        .rows(
            documents.select("file", "row", "id", "text"),
            Shortened.SCHEMA,
            () -> (document, passages) -> shortened(document, passages, config));
  }

  /** What is left of a document that loses passages; nothing of any other. */
  private static Iterator<Row> shortened(Row document, List<Group> passages, PassageConfig config) {
    List<Span> spans = new ArrayList<>();
    boolean needed = false;
    for (Group group : passages) {
      Found passage = Found.fromGroup(group);
      if (passage.stays()) {
        needed = true;
      } else {
        spans.add(new Span(passage.kind(), passage.start(), passage.end()));
      }
    }
    if (spans.isEmpty()) {
      return Collections.emptyIterator();
    }
    Shortened shortened =
        Shortened.of(
            document.getString(2),
            document.getInt(0),
            document.getInt(1),
            document.getString(3),
            spans,
            needed,
            config);
    return List.of(shortened.toRow()).iterator();
  }
}
