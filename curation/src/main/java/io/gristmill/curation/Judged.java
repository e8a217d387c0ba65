package io.gristmill.curation;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.TextEdit;
import io.gristmill.curation.line.LineEditor;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.lists.Lists;
import io.gristmill.curation.lists.WantedUrls;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.quality.Scorers;
import io.gristmill.curation.quality.SqlScores;
import io.gristmill.curation.source.Asked;
import io.gristmill.curation.source.LineFeeds;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.source.Split;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads, extracts, identifies, edits, measures, scores and redacts every record of the sources in
 * one pass, a task for each group of splits. The rows of group g are partition g, in the order of
 * the files and in them. What the rules of a profile say of them is a pure function of the row,
 * computed wherever rows are read.
 */
public final class Judged {
  private Judged() {}

  /**
   * The judged rows, see {@link DocumentSchema#JUDGED}; each use of them reads the sources.
   *
   * @param removals documents that are not read into rows
   * @param extracted counts the documents that tasks have extracted
   */
  static Dataset<Row> judged(
      SparkSession session,
      List<SourceFile> files,
      CurationConfig config,
      Profile profile,
      Removals removals,
      LongAccumulator extracted) {
    Asked asked = Asked.of(files, session.sparkContext().hadoopConfiguration());
    List<List<Split>> groups = numbered(session, SourceGroups.of(files, asked));
    return ofGroups(session, groups, config, profile, removals, extracted);
  }

  /** The judged rows of a sample of the sources, see {@link Split#sample}. */
  static Dataset<Row> sample(
      SparkSession session,
      List<SourceFile> files,
      CurationConfig config,
      Profile profile,
      double share,
      LongAccumulator extracted) {
    Asked asked = Asked.of(files, session.sparkContext().hadoopConfiguration());
    List<List<Split>> groups = SourceGroups.sample(files, share, asked);
    return ofGroups(session, groups, config, profile, Removals.none(), extracted);
  }

  private static Dataset<Row> ofGroups(
      SparkSession session,
      List<List<Split>> groups,
      CurationConfig config,
      Profile profile,
      Removals removals,
      LongAccumulator extracted) {
    var hadoop = new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
    LineEdits edits = profile.lines();
    // read here and sent once to each executor, where many tasks look entries up
    Broadcast<Lists> lists =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(Lists.read(profile.lists(), hadoop.value()));
    Broadcast<WantedUrls> wanted =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(WantedUrls.read(config.sources(), hadoop.value()));
    Function2<Integer, Iterator<List<Split>>, Iterator<Row>> judge =
        (partition, group) ->
            rows(
                partition, group.next(), config, edits, lists, wanted, removals, hadoop, extracted);
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(groups, groups.size())
            .mapPartitionsWithIndex(judge, true);
    return SqlScores.scored(session.createDataFrame(rows, DocumentSchema.JUDGED), config.scores());
  }

  /** Tells splits of plain JSONL how many lines are before them, for which those are read twice. */
  private static List<List<Split>> numbered(SparkSession session, List<List<Split>> groups) {
    List<Split> splits =
        groups.stream()
            .flatMap(List::stream)
            .filter(LineFeeds::matter)
            .sorted(
                Comparator.comparing((Split split) -> split.file().relative())
                    .thenComparingLong(Split::from))
            .toList();
    if (splits.isEmpty()) {
      return groups;
    }
    var hadoop = new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
    List<Long> feeds =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(splits, splits.size())
            .map(split -> LineFeeds.in(split, hadoop.value()))
            .collect();
    Map<Split, Split> numbered = new HashMap<>();
    List<Split> summed = LineFeeds.summed(splits, feeds);
    for (int i = 0; i < splits.size(); i++) {
      numbered.put(splits.get(i), summed.get(i));
    }
    return groups.stream()
        .map(group -> group.stream().map(split -> numbered.getOrDefault(split, split)).toList())
        .toList();
  }

  /** Writes judged rows, a file a group: the one time that the sources are read. */
  public static void write(Dataset<Row> judged, Path folder) {
    ParquetFiles.write(judged, folder);
  }

  /**
   * All rows that were written by the part of a file that they come from, in a column {@code part}
   * that is unique within a {@code file}: the account of a part is its last row.
   */
  static Dataset<Row> byPart(SparkSession session, Path folder, Profile profile) {
    return Filtering.filtered(all(session, folder), profile)
        .select("file", "row", "outcome", "reason", "text_bytes", "source", "source_file")
        .withColumn(
            "part",
            coalesce(
                sum(when(col("outcome").equalTo(Outcome.READ.key()), 1).otherwise(0))
                    .over(
                        Window.partitionBy("file")
                            .orderBy("row")
                            .rowsBetween(Window.unboundedPreceding(), -1)),
                lit(0L)));
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
        .withColumn("fetched_at", timestamp_micros(col("fetched_micros")))
        .withColumn("published_at", timestamp_micros(col("published_micros")));
  }

  /**
   * Holds what was read against what was listed.
   *
   * @throws IllegalStateException if they differ
   */
  static void checkRead(SparkSession session, Path folder, List<SourceFile> files) {
    Row sums =
        sourceFiles(session, folder)
            .agg(count(lit(1)), coalesce(sum(col("read").plus(col("not_selected"))), lit(0L)))
            .first();
    long length = files.stream().mapToLong(SourceFile::length).sum();
    if (sums.getLong(0) != files.size() || sums.getLong(1) != length) {
      throw new IllegalStateException(
          "%d files of %d bytes were listed, but %d files of %d bytes were read to the end. The output is not to be trusted; run the stage again"
              .formatted(files.size(), length, sums.getLong(0), sums.getLong(1)));
    }
  }

  /** The accounts of source files: columns {@code source, domain} and those of {@code FILE}. */
  public static Dataset<Row> sourceFiles(SparkSession session, Path folder) {
    return all(session, folder)
        .where(col("outcome").equalTo(Outcome.READ.key()))
        .groupBy("source", "domain")
        .agg(
            sum("source_file.read").as("read"),
            sum("source_file.parsed").as("parsed"),
            sum("source_file.skipped").as("skipped"),
            sum("source_file.not_selected").as("not_selected"),
            array_sort(flatten(collect_list("source_file.ranges"))).as("ranges"));
  }

  static Dataset<Row> all(SparkSession session, Path folder) {
    return session.read().schema(DocumentSchema.JUDGED).parquet(folder.toString());
  }

  private static Iterator<Row> rows(
      int group,
      List<Split> splits,
      CurationConfig config,
      LineEdits edits,
      Broadcast<Lists> lists,
      Broadcast<WantedUrls> wanted,
      Removals removals,
      SerializableConfiguration hadoop,
      LongAccumulator extracted) {
    List<TextEdit> edit = edits.none() ? List.of() : List.of(new LineEditor(edits));
    var judge =
        new Judge(config, edit, lists.value(), Scorers.open(config.scores(), hadoop.value()));
    var rows =
        new JudgedRows(group, splits, judge, wanted.value(), removals, hadoop.value(), extracted);
    TaskCompletionListener close = context -> rows.close();
    TaskContext.get().addTaskCompletionListener(close);
    return rows;
  }
}
