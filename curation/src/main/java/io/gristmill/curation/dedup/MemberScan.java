package io.gristmill.curation.dedup;

import io.gristmill.curation.document.PlacedScan;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Reads the text of the {@link Members} of components where it lies. */
record MemberScan(PlacedScan scan) {
  static MemberScan of(Dataset<Row> documents, Path folder, int files) {
    return new MemberScan(PlacedScan.of(documents.sparkSession(), folder, files));
  }

  /** What to make of a document that is a member; one for each task. */
  interface Reading extends BiFunction<StoredDocument, Member, Iterator<Row>> {}

  /** Makes the reading of a task, with the buffers that it keeps. */
  interface ReadingOfTask extends Supplier<Reading>, Serializable {}

  /**
   * The rows that the reading gives.
   *
   * @param documents as {@link Duplicates} takes them
   */
  Dataset<Row> rows(Dataset<Row> documents, StructType schema, ReadingOfTask readings) {
    return scan.rows(
        documents.select(StoredDocument.columns()), schema, () -> ofMembers(readings.get()));
  }

  private static PlacedScan.Reading ofMembers(Reading reading) {
    return (row, members) ->
        members.isEmpty()
            ? Collections.emptyIterator()
            : reading.apply(StoredDocument.fromRow(row), Member.fromGroup(members.getFirst()));
  }
}
