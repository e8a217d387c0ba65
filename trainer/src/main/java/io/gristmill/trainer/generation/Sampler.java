package io.gristmill.trainer.generation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws tokens; equal logits are taken in the order of their ids, so that a seed says it all. */
final class Sampler {
  private final Sampling sampling;
  private final RandomGenerator random;

  Sampler(Sampling sampling, RandomGenerator random) {
    this.sampling = sampling;
    this.random = random;
  }

  /**
   * One token.
   *
   * @param logits float[V]
   * @param allowed tokens that may be drawn; at least one must be
   */
  int draw(float[] logits, IntPredicate allowed) {
    Integer[] candidates =
        IntStream.range(0, logits.length)
            .filter(allowed)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(token -> -logits[token])
                    .thenComparing(Comparator.naturalOrder()))
            .limit(sampling.topK() == 0 ? Long.MAX_VALUE : sampling.topK())
            .toArray(Integer[]::new);
    if (candidates.length == 0) {
      throw new IllegalArgumentException("no token may follow");
    }
    if (sampling.temperature() == 0) {
      return candidates[0];
    }
    double[] cumulative = new double[candidates.length];
    double sum = 0;
    for (int i = 0; i < candidates.length; i++) {
      double below = ((double) logits[candidates[i]] - logits[candidates[0]]);
      sum += StrictMath.exp(below / sampling.temperature());
      cumulative[i] = sum;
    }
    int kept = reaching(cumulative, candidates.length, sampling.topP() * sum);
    double drawn = random.nextDouble() * cumulative[kept];
    return candidates[reaching(cumulative, kept + 1, drawn)];
  }

  /** The first of {@code count} sums that is at least {@code target}; the last if none is. */
  private static int reaching(double[] cumulative, int count, double target) {
    int found = Arrays.binarySearch(cumulative, 0, count, target);
    return Math.min(count - 1, found >= 0 ? found : -found - 1);
  }
}
