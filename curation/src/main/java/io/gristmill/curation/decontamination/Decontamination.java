package io.gristmill.curation.decontamination;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.document.Place;
import io.gristmill.curation.document.Placement;
import io.gristmill.curation.document.Rows;
import io.gristmill.curation.source.SourceFile;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the documents that hold items of evaluation sets. The index of the items is broadcast, and
 * the documents are read once where they lie: nothing is shuffled but the rows of what was found.
 */
public final class Decontamination {
  private static final long ROW_BYTES = 1 << 11;

  private Decontamination() {}

  /** The rows of what was found. */
  public static Path hits(Path folder) {
    return new Path(folder, "hits");
  }

  /** How much of each set could be checked, and what was found of it. */
  public static Path setsJson(Path folder) {
    return new Path(folder, "sets.json");
  }

  /**
   * The files of all sets, for whoever wants to know whether they changed.
   *
   * @throws IllegalArgumentException if a set has none
   */
  public static List<SourceFile> files(DecontaminationConfig config, Configuration hadoop) {
    return config.evaluations().stream()
        .flatMap(evaluation -> EvaluationFiles.list(evaluation, hadoop).stream())
        .toList();
  }

  /**
   * Reads every item of every set, to find what cannot be read before anything else is done.
   *
   * @throws IllegalArgumentException naming file and line of an item that cannot be read
   */
  public static void check(SparkSession session, DecontaminationConfig config) {
    config
        .evaluations()
        .forEach(evaluation -> EvaluationFiles.read(session, evaluation, item -> {}));
  }

  /**
   * Writes what was found in some documents: rows of {@link Contamination#SCHEMA} in {@link #hits},
   * and {@link #setsJson}. The same bytes for any partitioning of the documents.
   *
   * @param documents columns {@code file int, row int, id string, text string}; file and row are
   *     unique together
   */
  public static void write(Dataset<Row> documents, DecontaminationConfig config, Path folder)
      throws IOException {
    SparkSession session = documents.sparkSession();
    EvaluationSets sets = EvaluationSets.read(session, config);
    Broadcast<ItemIndex> index =
        JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(sets.index());
    // the rows are few and wanted twice: to count the files, and to fill them
    Dataset<Row> found = contaminated(documents, index).persist();
    try {
      int files = Placement.files(found.count() * ROW_BYTES);
      ParquetFiles.write(
          Placement.placed(found, files).sortWithinPartitions("id", "file", "row", "rank"),
          hits(folder));
    } finally {
      found.unpersist();
      index.destroy();
    }
    SetsJson.write(
        sets.sets(),
        read(session, folder),
        setsJson(folder),
        session.sparkContext().hadoopConfiguration());
  }

  /** What {@link #write} found. */
  public static Dataset<Row> read(SparkSession session, Path folder) {
    return session.read().schema(Contamination.SCHEMA).parquet(hits(folder).toString());
  }

  /** The item that decides, for each document that holds one. */
  public static Dataset<Row> deciding(SparkSession session, Path folder) {
    return read(session, folder).where(col("rank").equalTo(1));
  }

  /**
   * The documents that hold no item. Only the places of those that do travel, 8 bytes each, to
   * every executor.
   *
   * @param documents columns {@code file int, row int} and others
   */
  public static Dataset<Row> clean(Dataset<Row> documents, Path folder) {
    Dataset<Row> dirty =
        deciding(documents.sparkSession(), folder)
            .select(Place.of(col("file"), col("row")).as("dirty"));
    return documents.join(
        broadcast(dirty),
        Place.of(documents.col("file"), documents.col("row")).equalTo(dirty.col("dirty")),
        "left_anti");
  }

  private static Dataset<Row> contaminated(Dataset<Row> documents, Broadcast<ItemIndex> index) {
    MapPartitionsFunction<Row, Row> screen =
        rows -> {
          var screening = new Screening(index.value());
          return Rows.flatMap(rows, row -> contaminations(row, screening));
        };
    return documents
        .select("file", "row", "id", "text")
        .mapPartitions(screen, Encoders.row(Contamination.SCHEMA));
  }

  private static Iterator<Row> contaminations(Row row, Screening screening) {
    List<Contamination> found =
        screening.screen(row.getString(2), row.getInt(0), row.getInt(1), row.getString(3));
    return Rows.map(found.iterator(), Contamination::toRow);
  }
}
