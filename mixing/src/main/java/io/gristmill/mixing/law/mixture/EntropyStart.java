package io.gristmill.mixing.law.mixture;

import java.util.List;

/**
 * Shares that need no training: {@code r_i = exp(H_i) / sum_j exp(H_j)}, H_i the conditional
 * entropy of the bigrams of domain i in nats (BiMix, Ge et al. 2024, arXiv 2405.14908, section 5).
 * What is harder to predict gets more; a start, where nothing has been trained yet.
 */
public final class EntropyStart {
  private EntropyStart() {}

  public static List<Double> shares(List<Double> entropies) {
    double most = entropies.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double sum = entropies.stream().mapToDouble(entropy -> Math.exp(entropy - most)).sum();
    return entropies.stream().map(entropy -> Math.exp(entropy - most) / sum).toList();
  }
}
