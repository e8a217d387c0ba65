package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Looks for the best mixture among random ones: draws many from Dirichlet distributions around
 * given shares, and averages those of the least predicted loss, which is steadier than the single
 * best (Liu et al. 2024, arXiv 2407.01492, sections 3.1 and 3.3).
 *
 * @param shares the mixture to draw around, as of the tokens that there are
 * @param ranges of each share in the mixtures that the predictor was fitted on: draws beyond are
 *     drawn again
 * @param draws 100,000 are plenty
 * @param averaged how many of the best are averaged
 */
public record MixtureSearch(
    List<Double> shares, List<Range> ranges, int draws, int averaged, long seed) {
  /** The concentration is the shares times a uniform number between these, as in the paper. */
  private static final double LEAST_CONCENTRATION = 0.1;

  private static final double MOST_CONCENTRATION = 5;

  /** Draws for each one kept, beyond which the ranges are said to be too narrow. */
  private static final int PATIENCE = 1000;

  public MixtureSearch {
    shares = List.copyOf(shares);
    ranges = List.copyOf(ranges);
    if (shares.size() != ranges.size() || averaged < 1 || averaged > draws) {
      throw new IllegalArgumentException(
          "a search with %d shares, %d ranges, %d draws, %d averaged: needs as many ranges as shares, and to average 1 to all of the draws"
              .formatted(shares.size(), ranges.size(), draws, averaged));
    }
  }

  /** The recommended mixture, and the loss that is predicted for it. */
  public record Recommendation(List<Double> shares, double loss) {}

  /** The mean of the mixtures of the least loss. */
  public Recommendation recommend(ToDoubleFunction<double[]> loss) {
    record Drawn(double[] shares, double loss) {}
    var random = new RandomDataGenerator(seed);
    var drawn = new ArrayList<Drawn>();
    for (int n = 0; n < draws; n++) {
      double[] mixture = within(random);
      drawn.add(new Drawn(mixture, loss.applyAsDouble(mixture)));
    }
    double[] mean = new double[shares.size()];
    drawn.stream()
        .sorted(Comparator.comparingDouble(Drawn::loss))
        .limit(averaged)
        .forEachOrdered(
            best -> {
              for (int j = 0; j < mean.length; j++) {
                mean[j] += best.shares()[j] / averaged;
              }
            });
    var recommended = new ArrayList<Double>();
    for (double share : mean) {
      recommended.add(share);
    }
    return new Recommendation(List.copyOf(recommended), loss.applyAsDouble(mean));
  }

  private double[] within(RandomDataGenerator random) {
    for (int trial = 0; trial < PATIENCE; trial++) {
      double[] mixture = draw(random);
      boolean within = true;
      for (int j = 0; j < mixture.length; j++) {
        within &= ranges.get(j).contains(mixture[j]);
      }
      if (within) {
        return mixture;
      }
    }
    throw new IllegalArgumentException(
        "none of %d mixtures around %s is within what was trained, %s: train mixtures around those shares"
            .formatted(PATIENCE, shares, ranges));
  }

  /** From the Dirichlet distribution: gamma-distributed numbers, divided by their sum. */
  private double[] draw(RandomDataGenerator random) {
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
}
