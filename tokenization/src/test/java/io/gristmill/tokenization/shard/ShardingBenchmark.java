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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
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
      new StructType(
          DocumentColumns.all().stream()
              .map(name -> DataTypes.createStructField(name, DataTypes.StringType, false))
              .toArray(StructField[]::new));

  private ShardingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int cores = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    int megabytes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 150;
    Path folder = Files.createTempDirectory("sharding-benchmark");
    try (SparkSession spark = session(cores)) {
      List<Row> rows = rows(Path.of(arguments[0]), megabytes * 1_000_000L);
      long bytes = rows.stream().mapToLong(row -> row.getString(4).getBytes(UTF_8).length).sum();
      spark.createDataFrame(rows, SCHEMA).repartition(FILES).write().parquet(folder + "/documents");
      Dataset<Row> documents = spark.read().parquet(folder + "/documents");
      Tokenizer tokenizer =
          arguments.length > 3
              ? TokenizerJson.read(
                  new org.apache.hadoop.fs.Path(arguments[3], TokenizerJson.FILE),
                  new Configuration())
              : BpeTraining.train(documents, BpeTrainerConfig.defaults(), MergeProgress.NONE)
                  .tokenizer();
      say(
          "%,d documents, %,d bytes, %d tokens"
              .formatted(rows.size(), bytes, tokenizer.vocabularySize()));
      double encoder = best(bytes, () -> encode(rows, tokenizer));
      say("encoder alone, 1 core:     %7.1f MB/s".formatted(encoder));
      double job = best(bytes, () -> shard(documents, tokenizer, folder));
      double share = 100 * job / (cores * encoder);
      say(
          "the job, %d cores:          %7.1f MB/s, %.0f %% of as many encoders"
              .formatted(cores, job, share));
      double rest = best(bytes, () -> shard(documents, new Free(tokenizer), folder));
      say("without encoding, %d cores: %7.1f MB/s".formatted(cores, rest));
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

  private static List<Row> rows(Path texts, long most) throws IOException {
    var json = new ObjectMapper();
    List<Path> files;
    try (Stream<Path> found = Files.list(texts)) {
      files = found.filter(file -> file.toString().endsWith(".jsonl.gz")).sorted().toList();
    }
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    for (Path file : files) {
      String[] name = file.getFileName().toString().split("\\.", -1);
      try (var lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
        for (String line = lines.readLine();
            line != null && bytes < most;
            line = lines.readLine()) {
          String id = "%016x%016x".formatted(ShuffleHash.of(1, line), ShuffleHash.of(2, line));
          String text = json.readTree(line).path("text").textValue();
          rows.add(RowFactory.create(id, id, name[0], name.length > 3 ? name[1] : "en", text));
          bytes += text.getBytes(UTF_8).length;
        }
      }
    }
    rows.sort(Comparator.comparing((Row row) -> row.getString(0)));
    return new ArrayList<>(rows.stream().distinct().toList());
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

  /** MB a second of the fastest round; the first ones warm up. */
  private static double best(long bytes, Runnable work) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      best = Math.max(best, bytes * 1e3 / (System.nanoTime() - start));
    }
    return best;
  }

  private static void say(String line) {
    System.out.println(line);
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
