package io.gristmill.tokenization.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.BpeTraining;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.format.TokenizerJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Documents in Parquet to shards: MB of text a second of the encoder alone on one core, of the
 * whole job on {@code CORES}, and of the job with an encoder that costs nothing, which is the bound
 * that the rest of the job sets.
 *
 * <pre>ShardingBenchmark TEXTS [CORES [MEGABYTES [TOKENIZER]]]</pre>
 *
 * {@code TEXTS} is a folder of {@code *.<language>.jsonl.gz} with the key {@code text}; the
 * tokenizer is the folder of one, or is trained on the texts. Run with the JVM options of Spark.
 */
final class ShardingBenchmark {
  private static final int ROUNDS = 4;
  private static final int FILES = 8;

  /** More files than cores, as corpora have. */
  private static final ShardConfig CONFIG =
      new ShardConfig(0, 0.02, 64L << 20, 1 << 19, false, Map.of());

  private static final StructType SCHEMA =
      new StructType()
          .add(DocumentColumns.ID, DataTypes.StringType)
          .add(DocumentColumns.CLUSTER_ID, DataTypes.StringType)
          .add(DocumentColumns.DOMAIN, DataTypes.StringType)
          .add(DocumentColumns.LANGUAGE, DataTypes.StringType)
          .add(DocumentColumns.TEXT, DataTypes.StringType)
          .add(DocumentColumns.TEXT_BYTES, DataTypes.LongType);

  private ShardingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int cores = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    long most = 1_000_000L * (arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1600);
    Path folder = Files.createTempDirectory("sharding-benchmark");
    try (SparkSession spark = session(cores)) {
      List<Row> texts = texts(Path.of(arguments[0]), most);
      Dataset<Row> documents = documents(spark, texts, most, folder);
      Tokenizer tokenizer =
          arguments.length > 3
              ? TokenizerJson.read(
                  new org.apache.hadoop.fs.Path(arguments[3], TokenizerJson.FILE),
                  new Configuration())
              : BpeTraining.train(
                      spark.createDataFrame(texts, SCHEMA),
                      BpeTrainerConfig.defaults(),
                      MergeProgress.NONE)
                  .tokenizer();
      long bytes = documents.agg(sum(DocumentColumns.TEXT_BYTES)).head().getLong(0);
      System.out.println(
          "%,d documents, %,d bytes, %d tokens"
              .formatted(documents.count(), bytes, tokenizer.vocabularySize()));
      long textBytes = texts.stream().mapToLong(row -> row.getLong(5)).sum();
      Speed encoder = best(textBytes, () -> encode(texts, tokenizer));
      say("encoder alone, 1 core", encoder);
      say(
          "%d encoders at once".formatted(cores),
          best(cores * textBytes, () -> encodeAtOnce(cores, texts, tokenizer)));
      Speed job = best(bytes, () -> shard(documents, tokenizer, folder));
      say("the job, %d cores".formatted(cores), job);
      say(
          "the job without encoding",
          best(bytes, () -> shard(documents, new Free(tokenizer), folder)));
      System.out.println(
          "the job is %.0f %% of %d encoders; by CPU time, which other work on the machine leaves alone, %.0f %%"
              .formatted(
                  100 * job.wall / (cores * encoder.wall), cores, 100 * job.cpu / encoder.cpu));
    } finally {
      delete(folder);
    }
  }

  private static SparkSession session(int cores) {
    return SparkSession.builder()
        .master("local[%d]".formatted(cores))
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.shuffle.compress", "false") // as the command does on one machine
        .getOrCreate();
  }

  /** Rows of {@link #SCHEMA} of all texts, or of as many of them as there are bytes asked for. */
  private static List<Row> texts(Path folder, long most) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".jsonl.gz")).sorted().toList();
    }
    List<Row> all = new ArrayList<>();
    for (Path file : files) {
      String language = file.toString().contains(".zh.") ? "zh" : "en";
      for (String text : texts(file)) {
        String id = "%016x".formatted(ShuffleHash.of(1, "" + all.size()));
        long bytes = text.getBytes(UTF_8).length;
        all.add(RowFactory.create(id, id, "text", language, text, bytes));
      }
    }
    Collections.shuffle(all, new Random(1));
    long bytes = 0;
    int count = 0;
    while (count < all.size() && bytes < most) {
      bytes += all.get(count++).getLong(5);
    }
    return all.subList(0, count);
  }

  /** The texts again and again under new ids, until there are as many bytes as asked for. */
  private static Dataset<Row> documents(
      SparkSession spark, List<Row> texts, long most, Path folder) {
    long bytes = texts.stream().mapToLong(row -> row.getLong(5)).sum();
    spark
        .createDataFrame(texts, SCHEMA)
        .crossJoin(spark.range(Math.ceilDiv(most, bytes)).toDF("copy"))
        .withColumn(DocumentColumns.ID, md5(concat(col(DocumentColumns.ID), col("copy"))))
        .withColumn(DocumentColumns.CLUSTER_ID, col(DocumentColumns.ID))
        .drop("copy")
        .repartition(FILES)
        .write()
        .parquet(folder + "/documents");
    return spark.read().parquet(folder + "/documents");
  }

  private static List<String> texts(Path file) throws IOException {
    var json = new ObjectMapper();
    List<String> texts = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        texts.add(json.readTree(line).path("text").textValue());
      }
    }
    return texts;
  }

  private static void encode(List<Row> texts, Tokenizer tokenizer) {
    Encoder encoder = tokenizer.encoder();
    var tokens = new Tokens();
    for (Row row : texts) {
      byte[] text = row.getString(4).getBytes(UTF_8);
      tokens.clear();
      encoder.encode(text, 0, text.length, tokens);
    }
  }

  private static void encodeAtOnce(int cores, List<Row> texts, Tokenizer tokenizer) {
    List<Thread> threads =
        Stream.generate(() -> Thread.ofPlatform().start(() -> encode(texts, tokenizer)))
            .limit(cores)
            .toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static void shard(Dataset<Row> documents, Tokenizer tokenizer, Path folder) {
    try {
      Sharding.write(
          documents, tokenizer, CONFIG, new org.apache.hadoop.fs.Path(folder + "/shards"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * MB of text a second of time, and of CPU time of the whole process, of the fastest round; the
   * first ones warm up.
   */
  private record Speed(double wall, double cpu) {}

  private static Speed best(long bytes, Runnable work) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double wall = 0;
    double cpu = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long startCpu = system.getProcessCpuTime();
      work.run();
      wall = Math.max(wall, bytes * 1e3 / (System.nanoTime() - start));
      cpu = Math.max(cpu, bytes * 1e3 / (system.getProcessCpuTime() - startCpu));
    }
    return new Speed(wall, cpu);
  }

  private static void say(String what, Speed speed) {
    System.out.println(
        "%-26s %7.1f MB/s, %7.1f MB per second of CPU".formatted(what, speed.wall, speed.cpu));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A tokenizer whose encoder turns every four bytes into an id, about as many as BPE does. */
  private record Free(Tokenizer tokenizer) implements Tokenizer {
    @Override
    public int vocabularySize() {
      return tokenizer.vocabularySize();
    }

    @Override
    public int endOfText() {
      return tokenizer.endOfText();
    }

    @Override
    public byte[] bytesOf(int id) {
      return tokenizer.bytesOf(id);
    }

    @Override
    public boolean isAdded(int id) {
      return tokenizer.isAdded(id);
    }

    @Override
    public Encoder encoder() {
      int ids = tokenizer.vocabularySize() - 1;
      return (utf8, from, to, target) -> {
        for (int i = from; i + 3 < to; i += 4) {
          int word = (utf8[i] << 24) ^ (utf8[i + 1] << 16) ^ (utf8[i + 2] << 8) ^ utf8[i + 3];
          long hash = (word * 0x9e3779b1L) & 0xffffffffL;
          target.add(1 + (int) ((hash * ids) >>> 32));
        }
      };
    }

    @Override
    public byte[] decodeBytes(int[] ids) {
      return tokenizer.decodeBytes(ids);
    }

    @Override
    public String sha256() {
      return tokenizer.sha256();
    }
  }
}
