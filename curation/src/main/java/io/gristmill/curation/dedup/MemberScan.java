package io.gristmill.curation.dedup;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the text of the members of components where it lies, in one scan of the documents beside
 * one of the members.
 *
 * @param folder of {@link Members#write}
 * @param files that it was written in
 */
record MemberScan(String folder, int files, SerializableConfiguration hadoop)
    implements Serializable {
  static MemberScan of(Dataset<Row> documents, Path folder, int files) {
    return new MemberScan(
        folder.toString(),
        files,
        new SerializableConfiguration(
            documents.sparkSession().sparkContext().hadoopConfiguration()));
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
    MapPartitionsFunction<Row, Row> read = rows -> read(rows, readings.get());
    return documents.select(StoredDocument.columns()).mapPartitions(read, Encoders.row(schema));
  }

  private Iterator<Row> read(Iterator<Row> documents, Reading reading) {
    var members = new MemberReader(folder, files, hadoop.value());
    return Rows.flatMap(
        documents,
        row ->
            members
                .at(Node.place(row.getInt(0), row.getInt(1)))
                .map(member -> reading.apply(StoredDocument.fromRow(row), member))
                .orElseGet(Collections::emptyIterator),
        () -> {
          close(members);
          return Collections.emptyIterator();
        });
  }

  private static void close(MemberReader members) {
    try {
      members.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
