package io.gristmill.mixing.law.mixture;

import java.util.List;

/**
 * Shares that need no training: {@code r_i = exp(H_i) / sum_j exp(H_j)}, H_i the conditional
 * entropy of the bigrams of domain i in nats (BiMix, Ge et al. 2024, arXiv 2405.14908, section 5).
 * What is harder to predict gets more; a start, where nothing has been trained yet.
 */
public final class EntropyStart {
  private EntropyStart() {}

  /** The share of each entropy, with the same bits on every machine. */
  public static List<Double> shares(List<Double> entropies) {
    double most = entropies.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double sum = 0;
    for (double entropy : entropies) {
      sum += exp(entropy - most);
    }
    double all = sum;
    return entropies.stream().map(entropy -> exp(entropy - most) / all).toList();
  }

  private static double exp(double nats) {
    return StrictMath.exp(nats);
  }
}
