package io.gristmill.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.gristmill.curation.decontamination.DecontaminationConfig;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.ledger.Ledger;
import io.gristmill.curation.passage.PassageConfig;
import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Curates an archive of real pages with flipped bytes: the run ends, its ledger balances in bytes,
 * and every record in which no byte was flipped is there, once.
 *
 * <p>{@code scripts/benchmark damaged PAGES SIZE [SHARE [RUN]]}; 2 GB take some minutes and 5 GB of
 * disk.
 */
final class DamagedArchiveCheck {
  private static final long SEED = Long.getLong("tests.seed", 5);

  private DamagedArchiveCheck() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException(
          "wants a folder of pages and a size such as 2g; then the share of flipped bytes (0.01) and how many lie together (1024)");
    }
    List<byte[]> pages = DamagedArchive.pages(Path.of(arguments[0]));
    long bytes = bytes(arguments[1]);
    double share = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 0.01;
    int run = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1024;
    Path folder = Files.createTempDirectory(Path.of(""), "damaged-");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()) {
      System.out.println(check(spark, folder, pages, bytes, share, run));
    } finally {
      org.apache.commons.io.FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private static long bytes(String size) {
    int unit = "kmg".indexOf(size.charAt(size.length() - 1));
    return unit < 0
        ? Long.parseLong(size)
        : Long.parseLong(size.substring(0, size.length() - 1)) << (10 * (unit + 1));
  }

  /**
   * Makes, curates and checks.
   *
   * @return what was found, for people
   * @throws IllegalStateException if a record is missing or the ledger does not balance
   */
  static String check(
      SparkSession spark, Path folder, List<byte[]> pages, long bytes, double share, int run)
      throws IOException {
    Path file = Files.createDirectories(folder.resolve("in")).resolve("damaged.warc.gz");
    DamagedArchive archive = DamagedArchive.write(file, pages, bytes, share, run, SEED);
    long started = System.nanoTime();
    Ledger ledger = curate(spark, folder, file);
    double seconds = (System.nanoTime() - started) / 1e9;
    Set<Long> missing = missing(spark, folder, archive.intact());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%d of %d intact records are missing; the first is at byte %d (seed %d)"
              .formatted(
                  missing.size(),
                  archive.intact().size(),
                  missing.stream().min(Long::compare).orElseThrow(),
                  SEED));
    }
    return """
        %,d bytes, %,d of them flipped in runs of %d; %,d records, %,d of them intact, each found once
        %,d records in = %,d kept + %,d rejected + %,d failed; %,d bytes read = %,d parsed + %,d skipped
        rejected %s; failed %s
        %.0f s, %d judged files"""
        .formatted(
            Files.size(file),
            archive.flipped(),
            run,
            archive.records(),
            archive.intact().size(),
            ledger.in(),
            ledger.kept(),
            sum(ledger.rejected()),
            sum(ledger.failed()),
            ledger.bytes().read(),
            ledger.bytes().parsed(),
            ledger.bytes().skipped(),
            new TreeMap<>(ledger.rejected()),
            new TreeMap<>(ledger.failed()),
            seconds,
            spark.read().parquet(folder.resolve("judged").toString()).inputFiles().length);
  }

  private static long sum(java.util.Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Offsets of intact records that are not there once, or only as damage. */
  private static Set<Long> missing(SparkSession spark, Path folder, Set<Long> intact) {
    Set<Long> missing = new HashSet<>(intact);
    Profile profile = Profiles.read("none", Set.of(), spark.sparkContext().hadoopConfiguration());
    for (Row row :
        Judged.records(spark, path(folder, "judged"), profile)
            .where(
                "outcome <> 'failed' or not (reason like 'gzip%' or reason like 'record%' or reason like 'warc%')")
            .groupBy("source")
            .agg(count(lit(1)).as("rows"))
            .where(col("rows").equalTo(1))
            .select("source")
            .collectAsList()) {
      String at = row.getString(0).substring(row.getString(0).indexOf('@') + 1);
      if (at.indexOf('+') < 0) {
        missing.remove(Long.valueOf(at));
      }
    }
    return missing;
  }

  private static Ledger curate(SparkSession spark, Path folder, Path file) throws IOException {
    CurationConfig config =
        new CurationConfig(
            List.of(SourceConfig.of(file.toString())),
            "none",
            List.of(),
            List.of(),
            false,
            DecontaminationConfig.none(),
            DuplicatesConfig.defaults(),
            PassageConfig.off(),
            "none",
            RedactionConfig.all(),
            "",
            0);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<SourceFile> files = Curation.inputs(config, hadoop);
    Curation.judge(spark, files, config, Removals.none(), path(folder, "judged"));
    Curation.deduplicate(
        spark,
        path(folder, "judged"),
        path(folder, "contamination"),
        List.of(),
        config,
        path(folder, "duplicates"),
        Steps.in(path(folder, "steps"), hadoop));
    return Curation.conclude(
        spark,
        config,
        path(folder, "judged"),
        path(folder, "contamination"),
        path(folder, "duplicates"),
        path(folder, "passages"),
        path(folder, "documents"),
        path(folder, "ledger"),
        path(folder, "ledger.json"));
  }

  private static org.apache.hadoop.fs.Path path(Path folder, String part) {
    return new org.apache.hadoop.fs.Path(folder.resolve(part).toUri());
  }
}
