package io.gristmill.curation;

import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.dedup.Duplicate;
import io.gristmill.curation.dedup.Duplicates;
import io.gristmill.curation.dedup.MinHashConfig;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.document.Placement;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.ledger.Counting;
import io.gristmill.curation.ledger.Ledger;
import io.gristmill.curation.ledger.LedgerJson;
import io.gristmill.curation.passage.DuplicatePassages;
import io.gristmill.curation.passage.Shortened;
import io.gristmill.curation.source.Listing;
import io.gristmill.curation.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The steps from sources to documents, each from files to files: {@link #judge} reads every source
 * once, {@link #deduplicate} finds the duplicates among what it kept, {@link #shorten} the passages
 * that stand in several of the others, {@link #conclude} writes the documents and their ledger.
 * Each step gives the same bytes on any cluster.
 */
public final class Curation {
  private static final long DUPLICATE_BYTES = 128;
  private static final long SHORTENED_BYTES = 256;

  private Curation() {}

  /**
   * The input files of a run, in a fixed order.
   *
   * @throws IllegalArgumentException if a path does not exist or holds nothing that can be read
   */
  public static List<SourceFile> inputs(CurationConfig config, Configuration hadoop) {
    return Listing.files(config.sources(), hadoop);
  }

  /**
   * Reads, extracts, identifies, measures, judges and redacts every record, once.
   *
   * @param judged folder of the judged rows, see {@link DocumentSchema#JUDGED}
   */
  public static void judge(
      SparkSession session, List<SourceFile> files, CurationConfig config, Path judged) {
    Judged.write(Judged.judged(session, files, config), judged);
  }

  /**
   * Finds exact and near duplicates among the documents that the filters kept.
   *
   * @param duplicates folder of the result, see {@link Duplicate#SCHEMA}
   * @param steps keeps what a killed job can go on from
   * @throws IllegalStateException if nothing was kept
   */
  public static void deduplicate(
      SparkSession session, Path judged, MinHashConfig config, Path duplicates, Steps steps) {
    Dataset<Row> found = Duplicates.duplicates(Judged.kept(session, judged), config, steps);
    int files = Placement.files(found.count() * DUPLICATE_BYTES);
    ParquetFiles.write(
        Placement.placed(found, files).sortWithinPartitions("id", "file", "row"), duplicates);
  }

  /**
   * Finds lines, paragraphs and runs of sentences that stand in several of the documents that are
   * no duplicates; only where the configuration asks for it.
   *
   * @param duplicates of {@link #deduplicate}
   * @param passages folder of the result, see {@link Shortened#SCHEMA}
   * @param steps keeps what a killed job can go on from
   */
  public static void shorten(
      SparkSession session,
      Path judged,
      Path duplicates,
      CurationConfig config,
      Path passages,
      Steps steps) {
    Dataset<Row> gone =
        session
            .read()
            .schema(Duplicate.SCHEMA)
            .parquet(duplicates.toString())
            .where(col("reason").isNotNull());
    Dataset<Row> found =
        DuplicatePassages.shortened(Judged.kept(session, judged), gone, config.passages(), steps);
    int files = Placement.files(found.count() * SHORTENED_BYTES);
    ParquetFiles.write(
        Placement.placed(found, files).sortWithinPartitions("id", "file", "row"), passages);
  }

  /**
   * Writes documents/ with the folders {@code outcome=kept|rejected|failed}, then counts what was
   * written.
   *
   * @param passages of {@link #shorten}; not read where the configuration asks for none
   * @param ledger folder of the counts by host
   * @param json file of the ledger without hosts
   * @throws IllegalStateException if the ledger does not balance
   */
  public static Ledger conclude(
      SparkSession session,
      List<SourceFile> files,
      CurationConfig config,
      Path judged,
      Path duplicates,
      Path passages,
      Path documents,
      Path ledger,
      Path json)
      throws IOException {
    Dataset<Row> records = Judged.records(session, judged);
    Dataset<Row> found = session.read().schema(Duplicate.SCHEMA).parquet(duplicates.toString());
    Optional<Dataset<Row>> shortened =
        config.passages().on()
            ? Optional.of(session.read().schema(Shortened.SCHEMA).parquet(passages.toString()))
            : Optional.empty();
    Decided.write(
        Decided.decided(records, found, shortened, RejectedText.named(config.rejectedText())),
        documents);
    Dataset<Row> written = documents(session, documents);
    Counting.write(Counting.counts(written), ledger);
    Ledger counted =
        Counting.ledger(
            records.count(), Judged.sourceFiles(session, judged), written, ledger, stages(config));
    counted.balanced(files.size(), files.stream().mapToLong(SourceFile::length).sum());
    LedgerJson.write(counted, json, session.sparkContext().hadoopConfiguration());
    return counted;
  }

  /**
   * The documents of a folder with column {@code outcome}, see {@link DocumentSchema#DOCUMENTS}.
   */
  public static Dataset<Row> documents(SparkSession session, Path folder) {
    String[] folders =
        Arrays.stream(Outcome.values())
            .map(outcome -> new Path(folder, "outcome=" + outcome.key()))
            .filter(path -> exists(path, session.sparkContext().hadoopConfiguration()))
            .map(Path::toString)
            .toArray(String[]::new);
    return session
        .read()
        .schema(DocumentSchema.DOCUMENTS)
        .option("basePath", folder.toString())
        .parquet(folders)
        .select(
            Arrays.stream(DocumentSchema.DOCUMENTS.fieldNames())
                .map(name -> col(name))
                .toArray(Column[]::new));
  }

  private static List<Stage> stages(CurationConfig config) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage != Stage.PASSAGES || config.passages().on())
        .toList();
  }

  private static boolean exists(Path path, Configuration hadoop) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      return files.exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for " + path, e);
    }
  }
}
