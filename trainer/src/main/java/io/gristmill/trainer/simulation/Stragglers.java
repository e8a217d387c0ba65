package io.gristmill.trainer.simulation;

import java.util.SplittableRandom;

/**
 * How much longer than the average the slowest of W workers takes, where each worker's seconds are
 * lognormal around the same mean: the mean of many steps drawn from a seed, for W a power of two.
 */
public final class Stragglers {
  private static final int STEPS = 400;

  private final double[] factors; // by log2 of W

  private Stragglers(double[] factors) {
    this.factors = factors;
  }

  /**
   * Draws the steps.
   *
   * @param jitter standard deviation over mean of a worker's seconds
   * @param mostWorkers a power of two
   */
  public static Stragglers draw(double jitter, int mostWorkers, long seed) {
    var random = new SplittableRandom(seed);
    double deviation = Math.sqrt(Math.log1p(jitter * jitter)); // of the logarithm
    double[] factors = new double[Integer.numberOfTrailingZeros(mostWorkers) + 1];
    for (int step = 0; step < STEPS; step++) {
      double slowest = Double.NEGATIVE_INFINITY;
      int level = 0;
      for (int worker = 1; worker <= mostWorkers; worker++) {
        slowest = Math.max(slowest, random.nextGaussian());
        if (worker == 1 << level) {
          factors[level] += Math.exp(deviation * slowest - deviation * deviation / 2) / STEPS;
          level++;
        }
      }
    }
    factors[0] = 1; // by definition, not by these draws
    for (int level = 1; level < factors.length; level++) {
      factors[level] = Math.max(factors[level], factors[level - 1]);
    }
    return new Stragglers(factors);
  }

  /** Seconds of the slowest of so many workers, of the average worker's. */
  public double slowest(int workers) {
    return factors[Integer.numberOfTrailingZeros(workers)];
  }
}
