package io.gristmill.trainer.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The worker that keeps the others waiting: all have equal parts of a step, and the slowest sets
 * the pace.
 *
 * @param rank of the worker
 * @param seconds that its part of a step takes it
 * @param others median of what their parts take the other workers
 */
public record Straggler(int rank, double seconds, double others) {
  /** Times the others' median from which a worker is worth a look. */
  private static final double BEHIND = 1.5;

  /**
   * The slowest, where it is well behind.
   *
   * @param seconds of each worker by rank, for its part of a step, of several steps the median
   */
  public static Optional<Straggler> among(List<Double> seconds) {
    if (seconds.size() < 2) {
      return Optional.empty();
    }
    int slowest =
        IntStream.range(0, seconds.size())
            .reduce((a, b) -> seconds.get(b) > seconds.get(a) ? b : a)
            .orElseThrow();
    double others =
        median(
            IntStream.range(0, seconds.size())
                .filter(rank -> rank != slowest)
                .mapToDouble(seconds::get)
                .toArray());
    var found = new Straggler(slowest, seconds.get(slowest), others);
    return found.seconds > BEHIND * others ? Optional.of(found) : Optional.empty();
  }

  /** The value in the middle, of an even number the lower one. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  /** For people: {@code 0.61 s for its part of a step, the others 0.21 s}. */
  public String description() {
    return String.format(
        Locale.ROOT, "%.3g s for its part of a step, the others %.3g s", seconds, others);
  }
}
