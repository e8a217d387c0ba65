package io.gristmill.curation.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.FormatMethod;
import io.gristmill.curation.MedianTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * How fast duplicates are found, in how much memory, and how well.
 *
 * <pre>
 *   scripts/benchmark dedup signatures [TEXTS]      text to keys on one thread, English and Chinese
 *   scripts/benchmark dedup whole SIZE|TEXTS        the whole, step by step
 *   scripts/benchmark dedup growth SIZE             the same at 1, 2, 4 and 8 times the size
 *   scripts/benchmark dedup peer SIZE|TEXTS         beside a plain MinHash in the memory of one thread
 *   scripts/benchmark dedup quality SIZE            what is found at which similarity
 * </pre>
 *
 * <p>SIZE is such as {@code 400M} of {@link PlantedCorpus planted documents}; TEXTS is a folder of
 * {@code *.<language>.jsonl.gz} with the key {@code text}. Options: {@code --cores N} (2, {@code
 * peer} 1), in this process or of {@code --master URL}; {@code --work FOLDER} for the files; {@code
 * --cluster SHARE} and {@code --bucket SHARE} of the documents (0); {@code --factors 1,2,4,8} and
 * {@code --shapes plain,cluster,bucket} of {@code growth}; {@code --plot FILE.svg} of {@code
 * quality}; {@code --collect SECONDS} from one full garbage collection to the next, which shows the
 * heap that is really in use and takes time.
 */
final class DedupBenchmark {
  private static final List<String> OPTIONS =
      List.of(
          "--cores",
          "--master",
          "--work",
          "--cluster",
          "--bucket",
          "--factors",
          "--shapes",
          "--plot",
          "--collect");
  private static final long SIGNATURES = 20_000_000;

  private DedupBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(List.of(arguments), OPTIONS);
    String what = options.word(0, "signatures, whole, growth, peer or quality");
    if (what.equals("signatures")) {
      signatures(options);
      return;
    }
    String input = options.word(1, "a size such as 400M, or a folder of texts");
    int cores = (int) options.number("--cores", what.equals("peer") ? 1 : 2);
    String master = options.text("--master", "local[%d]".formatted(cores));
    try (var runs =
        new DedupRuns(master, cores, options.text("--work", ""), options.number("--collect", 0))) {
      switch (what) {
        case "whole" -> whole(runs, input, options);
        case "growth" -> DedupGrowth.measure(runs, Options.bytes(input), options);
        case "peer" -> peer(runs, input, options);
        case "quality" -> DedupQuality.measure(runs, Options.bytes(input), options);
        default -> throw new IllegalArgumentException("no benchmark is called " + what);
      }
    }
  }

  private static void signatures(Options options) throws IOException {
    var signer = new SignatureSpeed.Signer(DedupRuns.MINHASH);
    for (String language : List.of("en", "zh")) {
      PlantedConfig config = inOneLanguage(language.equals("en"));
      List<String> planted = texts(config);
      print("%s, planted: %6.1f MB/s", language, SignatureSpeed.median(planted, signer));
      double making = MedianTime.seconds(() -> texts(config).size());
      print("%s, making: %6.0f MB/s", language, config.bytes() / 1e6 / making);
      if (options.words().size() > 1) {
        Path folder = Path.of(options.words().get(1));
        List<String> real = TextFiles.texts(folder, name -> name.contains("." + language + "."));
        print("%s, real:    %6.1f MB/s", language, SignatureSpeed.median(real, signer));
      }
    }
  }

  private static void whole(DedupRuns runs, String input, Options options) throws IOException {
    runs.warm();
    measured(runs, input, options).print(runs.cores());
  }

  private static void peer(DedupRuns runs, String input, Options options) throws IOException {
    List<String> texts = isFolder(input) ? real(input) : texts(planted(input, options));
    double megabytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum() / 1e6;
    var warmUp = new LibraryMinHash(DedupRuns.MINHASH);
    texts.stream().limit(5000).forEach(warmUp::add);
    long before = HeapWatch.now();
    var library = new LibraryMinHash(DedupRuns.MINHASH);
    var watch = new Stopwatch();
    texts.forEach(library::add);
    double speed = megabytes / watch.seconds();
    double speedByCpu = megabytes / watch.cpuSeconds();
    print(
        "library: %.2f MB/s on one thread, %.2f MB per second of CPU; %,d of %,d documents go; its index has %,d MB of heap",
        speed, speedByCpu, library.removed(), texts.size(), (HeapWatch.now() - before) >> 20);
    runs.warm();
    WholeRun run = measured(runs, input, options);
    run.print(runs.cores());
    print(
        "%.2f times the library's speed by core, %.2f times by CPU time",
        run.megabytesPerSecond() / runs.cores() / speed,
        run.bytes() / 1e6 / run.cpuSeconds() / speedByCpu);
  }

  private static WholeRun measured(DedupRuns runs, String input, Options options)
      throws IOException {
    return isFolder(input) ? runs.real(real(input)) : runs.planted(planted(input, options));
  }

  private static PlantedConfig planted(String size, Options options) {
    return PlantedConfig.usual(Options.bytes(size))
        .with(PlantedKind.CLUSTER, options.number("--cluster", 0))
        .with(PlantedKind.BUCKET, options.number("--bucket", 0));
  }

  private static PlantedConfig inOneLanguage(boolean english) {
    PlantedConfig usual = PlantedConfig.usual(SIGNATURES);
    return new PlantedConfig(
        usual.seed(),
        usual.bytes(),
        english ? 1 : 0,
        usual.meanBytes(),
        usual.spread(),
        usual.levels(),
        Map.of());
  }

  private static List<String> texts(PlantedConfig config) {
    boolean bucket = config.shares().getOrDefault(PlantedKind.BUCKET, 0.0) > 0;
    var corpus =
        new PlantedCorpus(
            config, DedupRuns.MINHASH, bucket ? BucketHeader.of(DedupRuns.MINHASH) : "");
    return new ArrayList<>(
        LongStream.range(0, config.documents())
            .mapToObj(number -> corpus.document(number).text())
            .toList());
  }

  private static boolean isFolder(String input) {
    return Files.isDirectory(Path.of(input));
  }

  private static List<String> real(String folder) throws IOException {
    return TextFiles.texts(Path.of(folder), name -> true);
  }

  @FormatMethod
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
