package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.Range;
import java.util.List;
import java.util.Optional;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Random mixtures around given shares: from Dirichlet distributions whose concentration is the
 * shares times a uniform number (Liu et al. 2024, arXiv 2407.01492, section 3.1). The same seed
 * gives the same mixtures.
 */
public final class MixtureDraws {
  private static final double LEAST_CONCENTRATION = 0.1;
  private static final double MOST_CONCENTRATION = 5;

  private final List<Double> shares;
  private final RandomDataGenerator random;

  public MixtureDraws(List<Double> shares, long seed) {
    this.shares = List.copyOf(shares);
    this.random = new RandomDataGenerator(seed);
  }

  /** Gamma-distributed numbers, divided by their sum: no numbers where all of them are 0. */
  public double[] next() {
    double concentration = random.nextUniform(LEAST_CONCENTRATION, MOST_CONCENTRATION);
    double[] mixture = new double[shares.size()];
    double sum = 0;
    for (int j = 0; j < mixture.length; j++) {
      double shape = concentration * shares.get(j);
      mixture[j] = shape > 0 ? random.nextGamma(shape, 1) : 0;
      sum += mixture[j];
    }
    for (int j = 0; j < mixture.length; j++) {
      mixture[j] /= sum;
    }
    return mixture;
  }

  /** The next whose shares lie in these ranges, of so many; empty if none does. */
  Optional<double[]> within(List<Range> ranges, int patience) {
    for (int trial = 0; trial < patience; trial++) {
      double[] mixture = next();
      boolean within = true;
      for (int j = 0; j < mixture.length; j++) {
        within &= ranges.get(j).contains(mixture[j]);
      }
      if (within) {
        return Optional.of(mixture);
      }
    }
    return Optional.empty();
  }
}
