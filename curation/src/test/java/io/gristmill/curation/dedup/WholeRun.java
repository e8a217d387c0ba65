package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One run of the whole deduplication, step by step.
 *
 * @param documents and {@code bytes} of their text in UTF-8
 * @param seconds in all, and {@code cpuSeconds} of this process, which in local mode is all there
 *     is
 * @param steps in the order in which they were made
 * @param between what the driver and its small jobs took between the steps
 * @param removed documents that go
 * @param heapAfterAny the most bytes of heap after a collection, of the driver, which in local mode
 *     is all there is; {@code heapAfterFull} after a full one
 * @param executorHeap the largest heap of an executor, garbage included
 */
record WholeRun(
    long documents,
    long bytes,
    double seconds,
    double cpuSeconds,
    List<Step> steps,
    SparkWatch.Work between,
    long removed,
    long heapAfterAny,
    long heapAfterFull,
    long executorHeap) {
  /** The folder of duplicates, written as the last step. */
  static final String RESULT = "result";

  /**
   * A step that was made.
   *
   * @param bytes of its files
   * @param rows of its files
   */
  record Step(String name, double seconds, SparkWatch.Work work, long bytes, long rows) {}

  /**
   * Runs on {@code documents} with steps and result in sub-folders of {@code work}.
   *
   * @param collectSeconds see {@link HeapWatch}
   */
  static WholeRun of(
      SparkSession spark,
      Dataset<Row> documents,
      MinHashConfig config,
      Path work,
      double collectSeconds) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Row size =
        documents.agg(count(lit(1)), coalesce(sum(octet_length(col("text"))), lit(0L))).first();
    var watch = new SparkWatch(spark.sparkContext());
    try (var heap = new HeapWatch(collectSeconds)) {
      List<Step> made = new ArrayList<>();
      SparkWatch.Work[] between = {SparkWatch.Work.NONE};
      Steps kept = Steps.in(work, hadoop);
      Steps timed =
          (name, write) -> {
            between[0] = between[0].and(watch.take());
            var watched = new Stopwatch();
            Path folder = kept.made(name, write);
            made.add(new Step(name, watched.seconds(), watch.take(), 0, 0));
            return folder;
          };
      var watched = new Stopwatch();
      timed.table(
          RESULT,
          Duplicates.duplicates(
                  Samples.asJudged(documents), List.of(), DuplicatesConfig.of(config), timed)
              .duplicates());
      double seconds = watched.seconds();
      double cpuSeconds = watched.cpuSeconds();
      HeapWatch.now();
      List<Step> steps =
          made.stream()
              .map(
                  step -> {
                    Path folder = new Path(work, step.name());
                    return new Step(
                        step.name(),
                        step.seconds(),
                        step.work(),
                        size(folder, hadoop),
                        spark.read().parquet(folder.toString()).count());
                  })
              .toList();
      Dataset<Row> result = spark.read().parquet(new Path(work, RESULT).toString());
      return new WholeRun(
          size.getLong(0),
          size.getLong(1),
          seconds,
          cpuSeconds,
          steps,
          between[0],
          result.where("reason is not null").count(),
          heap.afterAny(),
          heap.afterFull(),
          watch.executorHeap());
    } finally {
      watch.stop();
    }
  }

  SparkWatch.Work all() {
    return steps.stream().map(Step::work).reduce(between, SparkWatch.Work::and);
  }

  long rounds() {
    return steps.stream().filter(step -> step.name().startsWith("components-")).count();
  }

  double megabytesPerSecond() {
    return bytes / 1e6 / seconds;
  }

  /** What each step took and left. */
  void print(int cores) {
    say(
        "  %-16s %8s %8s %8s %11s %10s %11s",
        "step", "seconds", "slowest", "CPU s", "shuffle MB", "stored MB", "rows");
    for (Step step : steps) {
      say(
          "  %-16s %8.1f %8.1f %8.1f %11.1f %10.1f %,11d",
          step.name(),
          step.seconds(),
          step.work().slowestSeconds(),
          step.work().cpuSeconds(),
          step.work().shuffleBytes() / 1e6,
          step.bytes() / 1e6,
          step.rows());
    }
    double inSteps = steps.stream().mapToDouble(Step::seconds).sum();
    say(
        "  %-16s %8.1f %8.1f %8.1f %11.1f",
        "between steps",
        seconds - inSteps,
        between.slowestSeconds(),
        between.cpuSeconds(),
        between.shuffleBytes() / 1e6);
    SparkWatch.Work all = all();
    say(
        "  %-16s %8.1f %8.1f %8.1f %11.1f",
        "all", seconds, all.slowestSeconds(), all.cpuSeconds(), all.shuffleBytes() / 1e6);
    say(
        "  %.2f MB/s per core, %.2f MB per second of this process's CPU; %d rounds; %,d of %,d documents go; %d tasks, %d failed, %,d MB spilled",
        megabytesPerSecond() / cores,
        bytes / 1e6 / cpuSeconds,
        rounds(),
        removed,
        documents,
        all.tasks(),
        all.failed(),
        all.spilledBytes() >> 20);
    say(
        "  heap: at most %,d MB after a collection, %,d MB after a full one; %,d MB in an executor, garbage included",
        heapAfterAny >> 20, heapAfterFull >> 20, executorHeap >> 20);
  }

  @FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static long size(Path folder, Configuration hadoop) {
    try {
      return folder.getFileSystem(hadoop).getContentSummary(folder).getLength();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot measure " + folder, e);
    }
  }
}
