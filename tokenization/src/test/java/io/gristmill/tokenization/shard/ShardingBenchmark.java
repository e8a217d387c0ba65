package io.gristmill.tokenization.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    int megabytes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 400;
    Path folder = Files.createTempDirectory("sharding-benchmark");
    try (SparkSession spark = session(cores)) {
      List<Row> rows = rows(Path.of(arguments[0]), megabytes * 1_000_000L);
      long bytes = rows.stream().mapToLong(row -> row.getLong(5)).sum();
      spark.createDataFrame(rows, SCHEMA).repartition(FILES).write().parquet(folder + "/documents");
      Dataset<Row> documents = spark.read().parquet(folder + "/documents");
      Tokenizer tokenizer =
          arguments.length > 3
              ? TokenizerJson.read(
                  new org.apache.hadoop.fs.Path(arguments[3], TokenizerJson.FILE),
                  new Configuration())
              : BpeTraining.train(documents, BpeTrainerConfig.defaults(), MergeProgress.NONE)
                  .tokenizer();
      System.out.println(
          "%,d documents, %,d bytes, %d tokens"
              .formatted(rows.size(), bytes, tokenizer.vocabularySize()));
      Speed encoder = best(bytes, () -> encode(rows, tokenizer));
      say("encoder alone, 1 core", encoder);
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
        .getOrCreate();
  }

  /** The texts again and again under new ids, until there are as many bytes as asked for. */
  private static List<Row> rows(Path texts, long most) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(texts)) {
      files = found.filter(file -> file.toString().endsWith(".jsonl.gz")).sorted().toList();
    }
    List<Row> once = new ArrayList<>();
    for (Path file : files) {
      String language = file.toString().contains(".zh.") ? "zh" : "en";
      for (String text : texts(file)) {
        once.add(
            RowFactory.create("", "", "text", language, text, (long) text.getBytes(UTF_8).length));
      }
    }
    Collections.shuffle(once, new Random(1));
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; bytes < most; i++) {
      Row row = once.get(i % once.size());
      String id = "%016x%016x".formatted(ShuffleHash.of(1, "" + i), ShuffleHash.of(2, "" + i));
      rows.add(RowFactory.create(id, id, "text", row.get(3), row.get(4), row.get(5)));
      bytes += row.getLong(5);
    }
    return rows;
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

  private static void encode(List<Row> rows, Tokenizer tokenizer) {
    Encoder encoder = tokenizer.encoder();
    var tokens = new Tokens();
    for (Row row : rows) {
      byte[] text = row.getString(4).getBytes(UTF_8);
      tokens.clear();
      encoder.encode(text, 0, text.length, tokens);
    }
  }

  private static void shard(Dataset<Row> documents, Tokenizer tokenizer, Path folder) {
    try {
      Sharding.write(
          documents,
          tokenizer,
          ShardConfig.defaults(),
          new org.apache.hadoop.fs.Path(folder + "/shards"));
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
