package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.sum;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How fast a BPE is trained and how much memory the driver takes.
 *
 * <pre>
 *   scripts/benchmark train-tokenizer files [--threads N] [--vocabulary N] FILE.jsonl.gz ...
 *   scripts/benchmark train-tokenizer generated [--threads N] [--vocabulary N] MEGABYTES FILE.jsonl.gz ...
 *   scripts/benchmark train-tokenizer distinct MILLIONS
 * </pre>
 *
 * <p>{@code files} trains on the column {@code text} of files. {@code generated} trains on text of
 * any size, in stretches that follow the two characters before them in the files: nothing of it is
 * stored, and what generating costs is measured apart. {@code distinct} gives the driver so many
 * different pieces of 3 to 15 letters.
 */
public final class TrainingBenchmark {
  private static final StructType TEXT = new StructType().add("text", DataTypes.StringType, false);
  private static final int TASK_MEGABYTES = 32;
  private static final int TEXT_CHARACTERS = 1500;
  private static final int SOURCE_CHARACTERS = 2_000_000;
  private static final double MEGA = 1e6;

  /** Shared by the tasks, which run in this process. */
  private static CharacterChain chain;

  private TrainingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(arguments));
    String what = words.removeFirst();
    int threads = number(words, "--threads", 1);
    BpeTrainerConfig config = BpeTrainerConfig.defaults();
    config = config.withVocabularySize(number(words, "--vocabulary", config.vocabularySize()));
    if (what.equals("distinct")) {
      distinct(Integer.parseInt(words.getFirst()));
      return;
    }
    try (SparkSession spark = session(threads)) {
      if (what.equals("files")) {
        Dataset<Row> documents = files(spark, words).repartition(2 * threads).cache();
        report(what, documents, bytes(documents), threads, 0, config);
      } else {
        int megabytes = Integer.parseInt(words.removeFirst());
        Dataset<Row> documents = generated(spark, megabytes, files(spark, words));
        long start = System.nanoTime();
        long bytes = bytes(documents);
        report(what, documents, bytes, threads, (System.nanoTime() - start) / 1e9, config);
      }
    }
  }

  private static int number(List<String> words, String option, int absent) {
    if (!words.getFirst().equals(option)) {
      return absent;
    }
    words.removeFirst();
    return Integer.parseInt(words.removeFirst());
  }

  private static SparkSession session(int threads) {
    return SparkSession.builder()
        .master("local[" + threads + "]")
        .appName("tokenizer training benchmark")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  private static Dataset<Row> files(SparkSession spark, List<String> paths) {
    return spark
        .read()
        .schema(TEXT)
        .json(paths.toArray(String[]::new))
        .where(col("text").isNotNull());
  }

  private static long bytes(Dataset<Row> documents) {
    return documents.agg(sum(length(col("text").cast(DataTypes.BinaryType)))).first().getLong(0);
  }

  /**
   * @param generating seconds that each reading of the documents takes by itself
   */
  private static void report(
      String what,
      Dataset<Row> documents,
      long bytes,
      int threads,
      double generating,
      BpeTrainerConfig config) {
    double megabytes = bytes / MEGA;
    var heap = new HeapWatch();
    var progress = new Phases();
    long start = System.nanoTime();
    Trained trained = BpeTraining.train(documents, config, progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    double merging = progress.mergeSeconds();
    int readings = 2 * (1 + progress.restarts());
    double net = seconds - generating * readings;
    print(
        "%s: %,.0f MB, %d threads, %,d tokens, %,d different pieces",
        what, megabytes, threads, trained.tokenizer().vocabularySize(), trained.distinctPieces());
    print(
        "  %.1f s in all: %.1f s counting, %.1f s merging; %d times %.1f s of it for generating",
        seconds, seconds - merging, merging, generating == 0 ? 0 : readings, generating);
    print(
        "  %.2f MB/s per thread, generating left out; largest heap after collection %,d MB",
        megabytes / net / threads, heap.most() >> 20);
    print("  tokenizer %s", trained.tokenizer().sha256());
    trained.warning().ifPresent(warning -> print("  %s", warning));
  }

  /** Text of {@code megabytes} from the chain of the files, made when it is read. */
  private static Dataset<Row> generated(SparkSession spark, int megabytes, Dataset<Row> files) {
    var source = new StringBuilder();
    files
        .as(Encoders.STRING())
        .toLocalIterator()
        .forEachRemaining(
            text -> {
              if (source.length() < SOURCE_CHARACTERS) {
                source.append(text);
              }
            });
    chain = CharacterChain.of(source.toString());
    int tasks = Math.max(1, megabytes / TASK_MEGABYTES);
    long bytes = megabytes * 1_000_000L / tasks;
    FlatMapFunction<Integer, Row> texts = task -> texts(new SplittableRandom(task), bytes);
    return spark
        .createDataset(IntStream.range(0, tasks).boxed().toList(), Encoders.INT())
        .repartition(tasks)
        .flatMap(texts, Encoders.row(TEXT));
  }

  private static Iterator<Row> texts(SplittableRandom random, long bytes) {
    return new Iterator<>() {
      private long left = bytes;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public Row next() {
        String text = chain.text(random, TEXT_CHARACTERS);
        left -= text.getBytes(UTF_8).length;
        return RowFactory.create(text);
      }
    };
  }

  private static void distinct(int millions) {
    var heap = new HeapWatch();
    var trainer = new BpeTrainer(BpeTrainerConfig.defaults());
    long start = System.nanoTime();
    long count = millions * 1_000_000L;
    byte[] word = new byte[64];
    long bytes = 0;
    for (long i = 0; i < count; i++) {
      int length = DistinctWords.word(i, count, word);
      bytes += length;
      trainer.add(word, 0, length, 1 + 4 * count / (i + 1));
    }
    double adding = (System.nanoTime() - start) / 1e9;
    start = System.nanoTime();
    Trained trained = trainer.train(new Phases());
    double merging = (System.nanoTime() - start) / 1e9;
    print(
        "distinct: %,d different pieces of %.1f bytes on average, heap limit %,d MB",
        trained.distinctPieces(),
        (double) bytes / trained.distinctPieces(),
        Runtime.getRuntime().maxMemory() >> 20);
    print(
        "  %.1f s adding, %.1f s merging to %,d tokens; largest heap after collection %,d MB",
        adding, merging, trained.tokenizer().vocabularySize(), heap.most() >> 20);
  }

  @FormatMethod
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** When merging began and ended, and how often counting began again. */
  private static final class Phases implements MergeProgress {
    private long start;
    private long end;
    private double seconds;
    private int restarts;

    @Override
    public void learned(int merges, int wanted) {
      end = System.nanoTime();
      if (merges == 0) {
        start = end;
      }
      if (merges > 0 && merges % 4096 == 0) {
        print("  %,d merges after %.1f s of merging", merges, (end - start) / 1e9);
      }
    }

    @Override
    public void event(String message) {
      print("  %s", message);
      seconds += (end - start) / 1e9;
      restarts++;
    }

    double mergeSeconds() {
      return seconds + (end - start) / 1e9;
    }

    int restarts() {
      return restarts;
    }
  }
}
