package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;

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
    return best(mixtures(), loss);
  }

  /** The mixtures that are searched: many losses can be asked about the same. */
  public List<double[]> mixtures() {
    var random = new MixtureDraws(shares, seed);
    var mixtures = new ArrayList<double[]>(draws);
    for (int n = 0; n < draws; n++) {
      mixtures.add(
          random
              .within(ranges, PATIENCE)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "none of %d mixtures around %s is within what was trained, %s: train mixtures around those shares"
                              .formatted(PATIENCE, shares, ranges))));
    }
    return mixtures;
  }

  /** The mean of the best of these mixtures, as many as {@code averaged} says. */
  public Recommendation best(List<double[]> mixtures, ToDoubleFunction<double[]> loss) {
    record Judged(double[] shares, double loss) {}
    var best = new PriorityQueue<Judged>(Comparator.comparingDouble(Judged::loss).reversed());
    for (double[] mixture : mixtures) {
      double own = loss.applyAsDouble(mixture);
      if (best.size() < averaged) {
        best.add(new Judged(mixture, own));
      } else if (own < best.element().loss()) {
        best.remove();
        best.add(new Judged(mixture, own));
      }
    }
    double[] mean = new double[shares.size()];
    best.stream()
        .sorted(Comparator.comparingDouble(Judged::loss))
        .forEachOrdered(
            judged -> {
              for (int j = 0; j < mean.length; j++) {
                mean[j] += judged.shares()[j] / averaged;
              }
            });
    return new Recommendation(Arrays.stream(mean).boxed().toList(), loss.applyAsDouble(mean));
  }
}
