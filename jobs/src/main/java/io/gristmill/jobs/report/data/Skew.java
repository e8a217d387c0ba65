package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.curation.dedup.BucketSizes;
import io.gristmill.jobs.stage.WatchedSteps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * How unequal the work of the deduplication was.
 *
 * @param buckets keys by the number of documents that shared them, in powers of two
 * @param steps what was done, in order
 */
public record Skew(SortedMap<Integer, Long> buckets, List<Step> steps) {
  /**
   * A step of the deduplication.
   *
   * @param seconds by the clock
   * @param median seconds of the task in the middle
   * @param slowest seconds of the longest task
   */
  public record Step(String name, double seconds, int tasks, double median, double slowest) {}

  public Skew {
    buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
    steps = List.copyOf(steps);
  }

  public static Skew none() {
    return new Skew(Collections.emptySortedMap(), List.of());
  }

  /** Reads the folder of the duplicates. */
  static Skew read(Path duplicates, Configuration hadoop, List<String> notes) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : JsonFile.read(WatchedSteps.file(duplicates), hadoop, notes)) {
      steps.add(
          new Step(
              step.path("step").asText(),
              step.path("seconds").asDouble(),
              step.path("tasks").asInt(),
              step.path("median_task_seconds").asDouble(),
              step.path("slowest_task_seconds").asDouble()));
    }
    return new Skew(BucketSizes.read(duplicates, hadoop), steps);
  }
}
