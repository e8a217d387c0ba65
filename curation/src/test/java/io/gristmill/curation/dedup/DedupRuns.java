package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Runs of the deduplication in one session, each in a folder that is cleared afterwards. */
final class DedupRuns implements AutoCloseable {
  static final MinHashConfig MINHASH = MinHashConfig.defaults();

  private static final int CHARACTERS_PER_FILE = 8_000_000;
  private static final long WARM_UP = 32_000_000;

  private final SparkSession spark;
  private final int cores;
  private final double collectSeconds;
  private final Path work;

  /**
   * @param master {@code local[N]}, or of a cluster whose workers see the files of this machine
   * @param cores that the master has
   * @param folder for the documents and steps; empty for a temporary one
   * @param collectSeconds see {@link HeapWatch}
   */
  DedupRuns(String master, int cores, String folder, double collectSeconds) {
    this.collectSeconds = collectSeconds;
    this.spark = session(master);
    this.cores = cores;
    this.work = new Path(folder.isEmpty() ? temporary() : folder, "dedup-benchmark");
  }

  int cores() {
    return cores;
  }

  SparkSession spark() {
    return spark;
  }

  /** Runs on little, so that the code is compiled when the time is taken. */
  void warm() {
    planted(PlantedConfig.usual(WARM_UP));
  }

  /** A run on planted documents, which are made beforehand. */
  WholeRun planted(PlantedConfig config) {
    WholeRun run = run(PlantedFiles.write(spark, config, MINHASH, documents()));
    clear();
    return run;
  }

  /** A run on texts, stored beforehand as documents are. */
  WholeRun real(List<String> texts) {
    List<Row> rows = new ArrayList<>();
    int file = 0;
    int row = 0;
    int characters = 0;
    for (String text : texts) {
      if (characters > CHARACTERS_PER_FILE) {
        file++;
        row = 0;
        characters = 0;
      }
      String id = Samples.id("document " + rows.size());
      rows.add(RowFactory.create(file, row++, id, text, null));
      characters += text.length();
    }
    String documents = documents().toString();
    spark
        .createDataFrame(rows, Samples.SCHEMA)
        .repartitionById(file + 1, col("file"))
        .sortWithinPartitions("row")
        .write()
        .parquet(documents);
    WholeRun run = run(spark.read().schema(Samples.SCHEMA).parquet(documents));
    clear();
    return run;
  }

  /** A run whose steps and result stay in {@link #steps} until {@link #clear}. */
  WholeRun run(Dataset<Row> documents) {
    return WholeRun.of(spark, documents, MINHASH, steps(), collectSeconds);
  }

  Path steps() {
    return new Path(work, "steps");
  }

  Path documents() {
    return new Path(work, "documents");
  }

  void clear() {
    try {
      work.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(work, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + work, e);
    }
  }

  @Override
  public void close() {
    clear();
    spark.stop();
  }

  /** As the jobs start it; executors run the classes and options of this process. */
  private static SparkSession session(String master) {
    boolean oneProcess = master.startsWith("local");
    String options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-Dspark."))
            .collect(Collectors.joining(" "));
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("dedup benchmark")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.session.timeZone", "UTC")
            .set("spark.sql.parquet.compression.codec", "zstd")
            .set("spark.shuffle.compress", Boolean.toString(!oneProcess))
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", options)
            .setIfMissing("spark.executor.memory", "4g");
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static String temporary() {
    try {
      return Files.createTempDirectory("dedup-benchmark").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
