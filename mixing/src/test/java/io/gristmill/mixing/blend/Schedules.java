package io.gristmill.mixing.blend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Schedules for tests, and how far an order is from their targets. */
final class Schedules {
  private Schedules() {}

  /** The largest deviation from the targets over the whole schedule. */
  static double worst(List<BlendPhase> schedule, int[] turns) {
    int components = schedule.getFirst().weights().size();
    long denominator = denominator(schedule);
    long[] lag = new long[components];
    long worst = 0;
    int n = 0;
    for (BlendPhase phase : schedule) {
      long[] shares = shares(phase, denominator);
      for (long end = n + phase.slots(); n < end; n++) {
        lag[turns[n]] -= denominator;
        for (int i = 0; i < components; i++) {
          lag[i] += shares[i];
          worst = Math.max(worst, Math.abs(lag[i]));
        }
      }
    }
    return (double) worst / denominator;
  }

  /** 1 - 1/(2K-2). */
  static double bound(List<BlendPhase> schedule) {
    return 1 - 1.0 / Math.max(1, 2 * active(schedule) - 2);
  }

  private static long active(List<BlendPhase> schedule) {
    return LongStream.range(0, schedule.getFirst().weights().size())
        .filter(i -> schedule.stream().anyMatch(phase -> phase.weights().get((int) i) > 0))
        .count();
  }

  static int[] turns(BlendOrder order, long slots) {
    return LongStream.range(0, slots).mapToInt(order::component).toArray();
  }

  /** The order of each phase as if it went on for ever, from the lags that the one before left. */
  static int[] anew(List<BlendPhase> schedule) {
    int components = schedule.getFirst().weights().size();
    long denominator = denominator(schedule);
    long scale = 2L * components - 2;
    long[] lag = new long[components];
    int[] turns = new int[(int) schedule.stream().mapToLong(BlendPhase::slots).sum()];
    int n = 0;
    for (BlendPhase phase : schedule) {
      long[] shares = shares(phase, denominator);
      for (long end = n + phase.slots(); n < end; n++) {
        int chosen = -1;
        double earliest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < components; i++) {
          lag[i] += shares[i];
          double due = (denominator - denominator / (double) scale - lag[i]) / shares[i];
          if (scale * lag[i] >= denominator && (chosen < 0 || due < earliest)) {
            chosen = i;
            earliest = due;
          }
        }
        lag[chosen] -= denominator;
        turns[n] = chosen;
      }
    }
    return turns;
  }

  static long denominator(List<BlendPhase> schedule) {
    long multiple = 1;
    for (BlendPhase phase : schedule) {
      long sum = phase.weights().stream().mapToLong(w -> w).sum();
      multiple = multiple / divisor(multiple, sum) * sum;
    }
    return multiple;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  static long[] shares(BlendPhase phase, long denominator) {
    long sum = phase.weights().stream().mapToLong(w -> w).sum();
    return phase.weights().stream().mapToLong(w -> w * (denominator / sum)).toArray();
  }

  /** Random whole weights with the sum, some of them 0. */
  static List<Long> composition(SplittableRandom random, int components, long sum) {
    long[] cuts = new long[components + 1];
    for (int i = 1; i < components; i++) {
      cuts[i] = random.nextLong(sum + 1);
    }
    cuts[components] = sum;
    Arrays.sort(cuts);
    List<Long> weights = new ArrayList<>();
    for (int i = 0; i < components; i++) {
      weights.add(cuts[i + 1] - cuts[i]);
    }
    return weights;
  }
}
