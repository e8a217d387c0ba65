package io.gristmill.curation.dedup;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Arrays;
import java.util.Locale;

/** How time and memory grow with the corpus, also where it is most uneven. */
final class DedupGrowth {
  private static final double CLUSTER = 0.05;
  private static final double BUCKET = 0.2;

  private DedupGrowth() {}

  /** One table a shape; every time is less that of a run on one document. */
  static void measure(DedupRuns runs, long bytes, Options options) {
    int[] factors =
        Arrays.stream(options.text("--factors", "1,2,4,8").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    runs.warm();
    double empty = runs.planted(PlantedConfig.usual(PlantedConfig.MEAN_BYTES)).seconds();
    print("a run on one document takes %.1f s, which are subtracted below", empty);
    for (String shape : options.text("--shapes", "plain,cluster,bucket").split(",")) {
      print(
          "%s:%n  %8s %9s %8s %10s %8s %11s %7s %9s %9s %9s",
          shape,
          "MB",
          "seconds",
          "ratio",
          "MB/s/core",
          "slowest",
          "shuffle MB",
          "rounds",
          "heap left",
          "heap end",
          "executor");
      double before = Double.NaN;
      for (int factor : factors) {
        WholeRun run = runs.planted(shaped(PlantedConfig.usual(bytes * factor), shape));
        double seconds = run.seconds() - empty;
        print(
            "  %8.0f %9.1f %8.2f %10.2f %8.1f %11.1f %7d %9d %9d %9d",
            run.bytes() / 1e6,
            seconds,
            seconds / before,
            run.bytes() / 1e6 / seconds / runs.cores(),
            run.all().slowestSeconds(),
            run.all().shuffleBytes() / 1e6,
            run.rounds(),
            run.heapLeft() >> 20,
            run.heapAfter() >> 20,
            run.executorHeap() >> 20);
        before = seconds;
      }
    }
  }

  private static PlantedConfig shaped(PlantedConfig config, String shape) {
    return switch (shape) {
      case "plain" -> config;
      case "cluster" -> config.with(PlantedKind.CLUSTER, CLUSTER);
      case "bucket" -> config.with(PlantedKind.BUCKET, BUCKET);
      default ->
          throw new IllegalArgumentException(
              "shape is %s, must be plain, cluster or bucket".formatted(shape));
    };
  }

  @FormatMethod
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
