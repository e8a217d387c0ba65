package io.gristmill.curation.document;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads documents where they lie, in one scan of them beside one of the {@link Placed} rows about
 * them.
 *
 * @param folder of {@link Placed#write}
 * @param files that it was written in
 */
public record PlacedScan(String folder, int files, SerializableConfiguration hadoop)
    implements Serializable {
  public static PlacedScan of(SparkSession session, Path folder, int files) {
    return new PlacedScan(
        folder.toString(),
        files,
        new SerializableConfiguration(session.sparkContext().hadoopConfiguration()));
  }

  /** What to make of the documents that a task reads; one for each task. */
  @FunctionalInterface
  public interface Reading {
    /**
     * The rows that a document gives, all taken before the next document is read.
     *
     * @param about the document, in the order of {@link Placed#write}; none where nothing is known
     */
    Iterator<Row> of(Row document, List<Group> about);

    /** The rows that follow those of the last document; asked for once. */
    default Iterator<Row> last() {
      return Collections.emptyIterator();
    }
  }

  /** Makes the reading of a task, with the buffers that it keeps. */
  @FunctionalInterface
  public interface ReadingOfTask extends Supplier<Reading>, Serializable {}

  /**
   * The rows that the reading gives.
   *
   * @param documents first columns {@code file int, row int}; cheapest where those of a file pass
   *     in order
   * @param schema of the rows given
   */
  public Dataset<Row> rows(Dataset<Row> documents, StructType schema, ReadingOfTask readings) {
    MapPartitionsFunction<Row, Row> read = rows -> read(rows, readings.get());
    return documents.mapPartitions(read, Encoders.row(schema));
  }

  private Iterator<Row> read(Iterator<Row> documents, Reading reading) {
    var placed = new PlacedReader(folder, files, hadoop.value());
    return Rows.flatMap(
        documents,
        row -> reading.of(row, placed.at(Place.of(row.getInt(0), row.getInt(1)))),
        () -> {
          placed.close();
          return reading.last();
        });
  }
}
