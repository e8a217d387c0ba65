package io.gristmill.mixing.mixture;

import java.util.List;

/**
 * What to train on, in which ratio and how much.
 *
 * @param weights the components; a shard group belongs to the first that takes it; the weights sum
 *     to 1
 * @param sequenceLength T, tokens that a training sequence predicts
 * @param totalTokens of the whole run; 0 for as many as {@code maxEpochs} allows
 * @param maxEpochs how often a component may be repeated; 4 epochs are worth almost as much as new
 *     data, 16 about half (Muennighoff et al. 2023, arXiv 2305.16264, section 5)
 * @param whenCapped what to do when {@code totalTokens} would take more epochs
 * @param seed the order of the sequences
 */
public record MixtureConfig(
    List<Weight> weights,
    int sequenceLength,
    long totalTokens,
    double maxEpochs,
    WhenCapped whenCapped,
    long seed) {
  private static final double SUM_TOLERANCE = 1e-6;

  public MixtureConfig {
    weights = List.copyOf(weights);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          "mixture.weights is empty; {domain: \"*\", language: \"*\", weight: 1} takes everything");
    }
    double sum = weights.stream().mapToDouble(Weight::weight).sum();
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "mixture.weights sum to %s, must sum to 1; multiplied by %.6f they would"
              .formatted(sum, 1 / sum));
    }
    if (sequenceLength < 1) {
      throw new IllegalArgumentException(
          "mixture.sequence-length is %d, must be at least 1; 512 is usual"
              .formatted(sequenceLength));
    }
    if (totalTokens < 0) {
      throw new IllegalArgumentException(
          "mixture.total-tokens is %d, must be at least 0; 0 is as many as max-epochs allows"
              .formatted(totalTokens));
    }
    if (!(maxEpochs > 0 && maxEpochs <= 1000)) {
      throw new IllegalArgumentException(
          "mixture.max-epochs is %s, must be above 0 and at most 1000; 8 is usual"
              .formatted(maxEpochs));
    }
  }

  /** Everything once at its own size: one component, sequences of 512 tokens, at most 8 epochs. */
  public static MixtureConfig defaults() {
    return new MixtureConfig(List.of(new Weight("*", "*", 1)), 512, 0, 8, WhenCapped.SHRINK, 0);
  }
}
