package io.gristmill.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;

import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.TextEdit;
import io.gristmill.curation.line.LineEditor;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.lists.Lists;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.quality.Scorers;
import io.gristmill.curation.quality.SqlScores;
import io.gristmill.curation.source.SourceFile;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads, extracts, identifies, edits, measures, scores and redacts every record of the sources in
 * one pass, a task for each group of files. The rows of group g are partition g, in the order of
 * the files. What the rules of a profile say of them is a pure function of the row, computed
 * wherever rows are read.
 */
public final class Judged {
  private Judged() {}

  /**
   * The judged rows, see {@link DocumentSchema#JUDGED}; each use of them reads the sources.
   *
   * @param removals documents that are not read into rows
   */
  public static Dataset<Row> judged(
      SparkSession session,
      List<SourceFile> files,
      CurationConfig config,
      Profile profile,
      Removals removals) {
    List<List<SourceFile>> groups = SourceGroups.of(files);
    var hadoop = new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
    LineEdits edits = profile.lines();
    // read here and sent once to each executor, where many tasks look entries up
    Broadcast<Lists> lists =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(Lists.read(profile.lists(), hadoop.value()));
    Function2<Integer, Iterator<List<SourceFile>>, Iterator<Row>> judge =
        (partition, group) -> rows(partition, group.next(), config, edits, lists, removals, hadoop);
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(groups, groups.size())
            .mapPartitionsWithIndex(judge, true);
    return SqlScores.scored(session.createDataFrame(rows, DocumentSchema.JUDGED), config.scores());
  }

  /** Writes judged rows, a file a group: the one time that the sources are read. */
  public static void write(Dataset<Row> judged, Path folder) {
    ParquetFiles.write(judged, folder);
  }

  /**
   * The rows that were written, without the accounts of source files, as a profile decides on them;
   * the time as a timestamp.
   */
  public static Dataset<Row> records(SparkSession session, Path folder, Profile profile) {
    return Filtering.filtered(measured(session, folder), profile);
  }

  /** The same before a profile decides. */
  static Dataset<Row> measured(SparkSession session, Path folder) {
    return all(session, folder)
        .where(col("outcome").notEqual(Outcome.READ.key()))
        .drop("source_file")
        .withColumn("fetched_at", timestamp_micros(col("fetched_micros")));
  }

  /**
   * Holds what was read against what was listed.
   *
   * @throws IllegalStateException if they differ
   */
  static void checkRead(SparkSession session, Path folder, List<SourceFile> files) {
    Row sums =
        sourceFiles(session, folder).agg(count(lit(1)), coalesce(sum("read"), lit(0L))).first();
    long length = files.stream().mapToLong(SourceFile::length).sum();
    if (sums.getLong(0) != files.size() || sums.getLong(1) != length) {
      throw new IllegalStateException(
          "%d files of %d bytes were listed, but %d files of %d bytes were read to the end; was the input changed meanwhile? Run the stage again"
              .formatted(files.size(), length, sums.getLong(0), sums.getLong(1)));
    }
  }

  /** The accounts of source files: columns {@code source, domain} and those of {@code FILE}. */
  public static Dataset<Row> sourceFiles(SparkSession session, Path folder) {
    return all(session, folder)
        .where(col("outcome").equalTo(Outcome.READ.key()))
        .select(col("source"), col("domain"), col("source_file.*"));
  }

  /**
   * The documents that are left for the next stage.
   *
   * @throws IllegalStateException if there are none
   */
  public static Dataset<Row> kept(SparkSession session, Path folder, Profile profile) {
    Dataset<Row> records = records(session, folder, profile);
    Dataset<Row> kept = records.where(col("outcome").equalTo(Outcome.KEPT.key()));
    if (kept.isEmpty()) {
      throw nothingLeft(records);
    }
    return kept;
  }

  private static IllegalStateException nothingLeft(Dataset<Row> records) {
    List<Row> reasons =
        records
            .groupBy("outcome", "reason")
            .agg(count(lit(1)).as("records"))
            .orderBy(col("records").desc(), col("reason"))
            .limit(5)
            .collectAsList();
    if (reasons.isEmpty()) {
      return new IllegalStateException(
          "there is not one record in the input files; check the paths and the format of the sources");
    }
    return new IllegalStateException(
        "nothing is left after filtering %d records: %s; choose another profile, more languages or another format of the source (docs/curation-filters.md has the rules)"
            .formatted(
                records.count(),
                reasons.stream()
                    .map(row -> "%d %s".formatted(row.getLong(2), row.getString(1)))
                    .collect(Collectors.joining(", "))));
  }

  static Dataset<Row> all(SparkSession session, Path folder) {
    return session.read().schema(DocumentSchema.JUDGED).parquet(folder.toString());
  }

  private static Iterator<Row> rows(
      int group,
      List<SourceFile> files,
      CurationConfig config,
      LineEdits edits,
      Broadcast<Lists> lists,
      Removals removals,
      SerializableConfiguration hadoop) {
    List<TextEdit> edit = edits.none() ? List.of() : List.of(new LineEditor(edits));
    var judge =
        new Judge(config, edit, lists.value(), Scorers.open(config.scores(), hadoop.value()));
    var rows = new JudgedRows(group, files, judge, removals, hadoop.value());
    TaskCompletionListener close = context -> rows.close();
    TaskContext.get().addTaskCompletionListener(close);
    return rows;
  }
}
