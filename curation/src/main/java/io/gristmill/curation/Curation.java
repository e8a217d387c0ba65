package io.gristmill.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gristmill.curation.decontamination.Decontamination;
import io.gristmill.curation.dedup.BucketSizes;
import io.gristmill.curation.dedup.CorpusIndex;
import io.gristmill.curation.dedup.Duplicate;
import io.gristmill.curation.dedup.Duplicates;
import io.gristmill.curation.dedup.KnownCorpus;
import io.gristmill.curation.dedup.MinHashConfig;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.document.Placement;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.ledger.Counting;
import io.gristmill.curation.ledger.Ledger;
import io.gristmill.curation.ledger.LedgerJson;
import io.gristmill.curation.passage.DuplicatePassages;
import io.gristmill.curation.passage.Shortened;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.quality.Scorers;
import io.gristmill.curation.quality.SqlScores;
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
import org.apache.spark.util.LongAccumulator;

/**
 * The steps from sources to documents, each from files to files: {@link #judge} reads every source
 * once, {@link #decontaminate} finds the items of evaluation sets in what it kept, {@link
 * #deduplicate} the duplicates among the documents without any, {@link #shorten} the passages that
 * stand in several of those that are left, {@link #conclude} writes the documents and their ledger.
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
   * Finds what would keep documents from being scored.
   *
   * @throws IllegalArgumentException if a model is absent or damaged, or an option wrong
   */
  public static void checkScores(SparkSession session, CurationConfig config) {
    Scorers.open(config.scores(), session.sparkContext().hadoopConfiguration());
    SqlScores.scored(
        session.createDataFrame(List.<Row>of(), DocumentSchema.JUDGED), config.scores());
  }

  /**
   * Reads, extracts, identifies, edits, measures, scores and redacts every record, once. The rules
   * of the profile are not asked here: every later step computes their verdict from what was
   * measured.
   *
   * @param removals documents that were asked to be taken down
   * @param judged folder of the judged rows, see {@link DocumentSchema#JUDGED}
   * @return how many documents tasks have extracted for it: as many as there are, where no work was
   *     done twice
   * @throws IllegalStateException if not every byte of every file was read once
   */
  public static long judge(
      SparkSession session,
      List<SourceFile> files,
      CurationConfig config,
      Removals removals,
      Path judged) {
    LongAccumulator extracted = session.sparkContext().longAccumulator("documents extracted");
    Judged.write(
        Judged.judged(session, files, config, profile(session, config), removals, extracted),
        judged);
    Judged.checkRead(session, judged, files);
    return extracted.value();
  }

  /**
   * Judges a sample of the sources, to predict what judging all of them gives.
   *
   * @param share of the sources, above 0, at most 1
   * @param judged folder of the judged rows
   */
  public static void sample(
      SparkSession session,
      List<SourceFile> files,
      CurationConfig config,
      double share,
      Path judged) {
    LongAccumulator extracted = session.sparkContext().longAccumulator("documents extracted");
    Judged.write(
        Judged.sample(session, files, config, profile(session, config), share, extracted), judged);
  }

  /**
   * Takes documents down from rows that were judged before: writes the files anew that hold them.
   *
   * @param judged folder of {@link #judge}
   */
  public static TakeDown takeDown(SparkSession session, Path judged, Removals removals)
      throws IOException {
    return TakeDown.of(session, judged, removals);
  }

  /**
   * Finds the documents that hold items of evaluation sets, among those that the filters kept; only
   * where there are sets.
   *
   * @param contamination folder of the result, see {@link Decontamination}
   * @throws IllegalArgumentException naming file and line of an item that cannot be read
   */
  public static void decontaminate(
      SparkSession session, Path judged, CurationConfig config, Path contamination)
      throws IOException {
    Decontamination.write(kept(session, judged, config), config.decontamination(), contamination);
  }

  /**
   * Finds exact and near duplicates among the documents that the filters kept and that hold no item
   * of an evaluation set.
   *
   * @param contamination of {@link #decontaminate}; not read where there are no sets
   * @param known documents of earlier runs, which win
   * @param duplicates folder of the result, see {@link Duplicate#SCHEMA}, beside it _buckets.json
   * @param steps keeps what a killed job can go on from
   */
  public static void deduplicate(
      SparkSession session,
      Path judged,
      Path contamination,
      List<KnownCorpus> known,
      CurationConfig config,
      Path duplicates,
      Steps steps)
      throws IOException {
    Dataset<Row> documents = comparable(session, judged, contamination, config);
    Duplicates.Found found = Duplicates.duplicates(documents, known, config.duplicates(), steps);
    Dataset<Row> rows = found.duplicates();
    int files = Placement.files(rows.count() * DUPLICATE_BYTES);
    ParquetFiles.write(
        Placement.placed(rows, files).sortWithinPartitions("id", "file", "row"), duplicates);
    BucketSizes.write(
        found.bucketSizes(), duplicates, session.sparkContext().hadoopConfiguration());
  }

  /**
   * Finds lines, paragraphs and runs of sentences that stand in several of the documents that are
   * no duplicates; only where the configuration asks for it.
   *
   * @param contamination of {@link #decontaminate}; not read where there are no sets
   * @param duplicates of {@link #deduplicate}
   * @param passages folder of the result, see {@link Shortened#SCHEMA}
   * @param steps keeps what a killed job can go on from
   */
  public static void shorten(
      SparkSession session,
      Path judged,
      Path contamination,
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
        DuplicatePassages.shortened(
            comparable(session, judged, contamination, config), gone, config.passages(), steps);
    int files = Placement.files(found.count() * SHORTENED_BYTES);
    ParquetFiles.write(
        Placement.placed(found, files).sortWithinPartitions("id", "file", "row"), passages);
  }

  /**
   * Writes documents/ with the folders {@code outcome=kept|rejected|failed}, of which the first is
   * there though nothing was kept, then counts what was written.
   *
   * @param passages of {@link #shorten}; not read where the configuration asks for none
   * @param ledger folder of the counts by host
   * @param json file of the ledger without hosts
   * @throws IllegalStateException if the ledger does not balance
   */
  public static Ledger conclude(
      SparkSession session,
      CurationConfig config,
      Path judged,
      Path contamination,
      Path duplicates,
      Path passages,
      Path documents,
      Path ledger,
      Path json)
      throws IOException {
    Dataset<Row> records = records(session, judged, config);
    Dataset<Row> verdicts =
        Verdicts.ofDuplicates(
            session.read().schema(Duplicate.SCHEMA).parquet(duplicates.toString()));
    if (config.decontamination().on()) {
      verdicts =
          verdicts.union(
              Verdicts.ofContaminations(Decontamination.deciding(session, contamination)));
    }
    Optional<Dataset<Row>> shortened =
        config.passages().on()
            ? Optional.of(session.read().schema(Shortened.SCHEMA).parquet(passages.toString()))
            : Optional.empty();
    Decided.write(
        Decided.decided(records, verdicts, shortened, RejectedText.named(config.rejectedText())),
        documents);
    Dataset<Row> written = documents(session, documents);
    Counting.write(Counting.counts(written), ledger);
    Ledger counted =
        Counting.ledger(
            records.count(), Judged.sourceFiles(session, judged), written, ledger, stages(config));
    counted.balanced();
    LedgerJson.write(counted, json, session.sparkContext().hadoopConfiguration());
    return counted;
  }

  /**
   * Writes the index by which later runs know what this one has kept.
   *
   * @param documents folder of {@link #conclude}
   * @param index folder to write
   */
  public static void index(SparkSession session, Path documents, MinHashConfig config, Path index)
      throws IOException {
    CorpusIndex.write(session, kept(documents), config, index);
  }

  /**
   * The documents of an earlier run with its index.
   *
   * @throws IllegalArgumentException if there is no index, or one that other settings have made
   */
  public static KnownCorpus known(
      SparkSession session, Path documents, Path index, MinHashConfig config) throws IOException {
    return CorpusIndex.read(session, kept(documents), index, config);
  }

  private static Path kept(Path documents) {
    return new Path(documents, "outcome=" + Outcome.KEPT.key());
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

  /**
   * The rules that decide.
   *
   * @throws io.gristmill.curation.yaml.ConfigurationException with every problem of the user's file
   */
  public static Profile profile(CurationConfig config, Configuration hadoop) {
    return Profiles.read(config.profile(), config.scoreNames(), hadoop);
  }

  private static Profile profile(SparkSession session, CurationConfig config) {
    return profile(config, session.sparkContext().hadoopConfiguration());
  }

  private static List<Stage> stages(CurationConfig config) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage != Stage.DECONTAMINATE || config.decontamination().on())
        .filter(stage -> stage != Stage.PASSAGES || config.passages().on())
        .toList();
  }

  /** All records, as the profile and the cap on sites decide. */
  private static Dataset<Row> records(SparkSession session, Path judged, CurationConfig config) {
    return SiteCap.capped(
        Judged.records(session, judged, profile(session, config)), config.perHost());
  }

  private static Dataset<Row> kept(SparkSession session, Path judged, CurationConfig config) {
    return records(session, judged, config).where(col("outcome").equalTo(Outcome.KEPT.key()));
  }

  /** What is left to be compared with each other. */
  private static Dataset<Row> comparable(
      SparkSession session, Path judged, Path contamination, CurationConfig config) {
    return clean(session, judged, contamination, config)
        .withColumn("quality", QualityLevel.of(config.duplicates().quality()))
        .withColumn("known", lit(false));
  }

  private static Dataset<Row> clean(
      SparkSession session, Path judged, Path contamination, CurationConfig config) {
    Dataset<Row> kept = kept(session, judged, config);
    return config.decontamination().on() ? Decontamination.clean(kept, contamination) : kept;
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
