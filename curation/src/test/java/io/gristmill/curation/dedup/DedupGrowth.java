package io.gristmill.curation.dedup;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Arrays;
import java.util.Locale;

/** How time and memory grow with the corpus, also where it is most uneven. */
final class DedupGrowth {
  private static final double CLUSTER = 0.05;
  private static final double BUCKET = 0.2;

  private DedupGrowth() {}

  /**
   * One table a shape; every time is less that of a run on one document. Heap is what a collection
   * left at most, what a full one left at most, and the most an executor used, garbage included.
   */
  static void measure(DedupRuns runs, long bytes, Options options) {
    int[] factors =
        Arrays.stream(options.text("--factors", "1,2,4,8").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    runs.warm();
    WholeRun empty = runs.planted(PlantedConfig.usual(PlantedConfig.MEAN_BYTES));
    print(
        "a run on one document takes %.1f s and %.1f s of CPU, which are subtracted below; heap in MB",
        empty.seconds(), empty.all().cpuSeconds());
    for (String shape : options.text("--shapes", "plain,cluster,bucket").split(",")) {
      print("%s:", shape);
      print(
          "  %8s %9s %6s %9s %6s %10s %8s %11s %6s %6s %6s %9s",
          "MB",
          "seconds",
          "ratio",
          "CPU s",
          "ratio",
          "MB/s/core",
          "slowest",
          "shuffle MB",
          "rounds",
          "after",
          "full",
          "executor");
      double seconds = Double.NaN;
      double cpu = Double.NaN;
      for (int factor : factors) {
        WholeRun run = runs.planted(shaped(PlantedConfig.usual(bytes * factor), shape));
        double secondsBefore = seconds;
        double cpuBefore = cpu;
        seconds = run.seconds() - empty.seconds();
        cpu = run.all().cpuSeconds() - empty.all().cpuSeconds();
        print(
            "  %8.0f %9.1f %6s %9.1f %6s %10.2f %8.1f %11.1f %6d %6d %6d %9d",
            run.bytes() / 1e6,
            seconds,
            ratio(seconds, secondsBefore),
            cpu,
            ratio(cpu, cpuBefore),
            run.bytes() / 1e6 / seconds / runs.cores(),
            run.all().slowestSeconds(),
            run.all().shuffleBytes() / 1e6,
            run.rounds(),
            run.heapAfterAny() >> 20,
            run.heapAfterFull() >> 20,
            run.executorHeap() >> 20);
      }
    }
  }

  private static String ratio(double now, double before) {
    return Double.isNaN(before) ? "-" : "%.2f".formatted(now / before);
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
