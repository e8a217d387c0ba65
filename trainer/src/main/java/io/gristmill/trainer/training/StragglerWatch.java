package io.gristmill.trainer.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Follows the workers' seconds step by step, and tells of a straggler when it becomes one. */
final class StragglerWatch {
  /** A pause of a collector or a compiler is over sooner. */
  private static final int STEPS = 20;

  private final Deque<List<Double>> recent = new ArrayDeque<>();
  private int told = -1;

  /**
   * Takes one more step into account.
   *
   * @param seconds of each worker by rank
   * @return the straggler of the last steps, unless it is the one that was told of last
   */
  Optional<Straggler> step(List<Double> seconds) {
    recent.addLast(seconds);
    if (recent.size() <= STEPS) {
      return Optional.empty(); // the first is the one in which code is compiled
    }
    recent.removeFirst();
    Optional<Straggler> found = Straggler.among(medians(seconds.size()));
    int rank = found.map(Straggler::rank).orElse(-1);
    boolean isNew = rank != told;
    told = rank;
    return isNew ? found : Optional.empty();
  }

  private List<Double> medians(int workers) {
    return IntStream.range(0, workers)
        .mapToObj(
            rank -> Straggler.median(recent.stream().mapToDouble(step -> step.get(rank)).toArray()))
        .toList();
  }
}
