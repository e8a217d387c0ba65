package io.gristmill.mixing.mixture;

import java.util.List;

/**
 * What to train on, in which ratio and how much.
 *
 * @param weights the components; a shard group belongs to the first that takes it; the weights sum
 *     to 1
 * @param temperature t of the sizes n_i, which then give the weights, n_i^(1/t); 0 for weights as
 *     they say
 * @param by what gives the ratio of the weights
 * @param entropyTokens at most so many tokens of a line are measured where entropies give weights
 * @param phases the stretches of the run, whose shares sum to 1; none for one with the ratio of the
 *     weights
 * @param sequenceLength T, tokens that a training sequence predicts
 * @param totalTokens of the whole run; 0 for as many as {@code maxEpochs} allows
 * @param maxEpochs how often a component may be repeated; 4 epochs are worth almost as much as new
 *     data, 16 about half (Muennighoff et al. 2023, arXiv 2305.16264, section 5)
 * @param whenCapped what to do when {@code totalTokens} would take more epochs
 * @param seed the order of the sequences
 */
public record MixtureConfig(
    List<Weight> weights,
    double temperature,
    RatioBy by,
    long entropyTokens,
    List<PhaseConfig> phases,
    int sequenceLength,
    long totalTokens,
    double maxEpochs,
    WhenCapped whenCapped,
    long seed) {
  private static final long ENTROPY_TOKENS = 1 << 22;

  public MixtureConfig {
    weights = List.copyOf(weights);
    phases = List.copyOf(phases);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          "mixture.weights is empty; {domain: \"*\", language: \"*\", weight: 1} takes everything");
    }
    Ratio.check("mixture.weights", "", "mixture.", weights, by, temperature);
    if (entropyTokens < 1) {
      throw new IllegalArgumentException(
          "mixture.entropy-tokens is %d, must be at least 1; %d is usual"
              .formatted(entropyTokens, ENTROPY_TOKENS));
    }
    for (int p = 0; p < phases.size(); p++) {
      int given = phases.get(p).weights().size();
      if (given != 0 && given != weights.size()) {
        throw new IllegalArgumentException(
            "mixture.phases have %d weights in phase %d, must have %d: one for each line of mixture.weights, in its order; 0 leaves one out"
                .formatted(given, p + 1, weights.size()));
      }
    }
    if (!phases.isEmpty()) {
      Ratio.checkSum(
          "mixture.phases have shares that", phases.stream().map(PhaseConfig::share).toList());
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
    if (!allowed(maxEpochs)) {
      throw new IllegalArgumentException(
          "mixture.max-epochs is %s, must be above 0 and at most 1000; 8 is usual"
              .formatted(maxEpochs));
    }
  }

  /** Ratios by weights or by sizes. */
  public MixtureConfig(
      List<Weight> weights,
      double temperature,
      List<PhaseConfig> phases,
      int sequenceLength,
      long totalTokens,
      double maxEpochs,
      WhenCapped whenCapped,
      long seed) {
    this(
        weights,
        temperature,
        RatioBy.WEIGHT,
        ENTROPY_TOKENS,
        phases,
        sequenceLength,
        totalTokens,
        maxEpochs,
        whenCapped,
        seed);
  }

  /** One ratio for the whole run, as the weights say. */
  public MixtureConfig(
      List<Weight> weights,
      int sequenceLength,
      long totalTokens,
      double maxEpochs,
      WhenCapped whenCapped,
      long seed) {
    this(weights, 0, List.of(), sequenceLength, totalTokens, maxEpochs, whenCapped, seed);
  }

  /** Everything once at its own size: one component, sequences of 512 tokens, at most 8 epochs. */
  public static MixtureConfig defaults() {
    return new MixtureConfig(List.of(new Weight("*", "*", 1)), 512, 0, 8, WhenCapped.SHRINK, 0);
  }

  /** Whether the ratio of some lines comes from entropies, which have to be measured first. */
  public boolean wantsEntropies() {
    return EntropyWeights.wanted(weights, by);
  }

  /** With lines that say their weights. */
  MixtureConfig withWeights(List<Weight> lines) {
    return new MixtureConfig(
        lines,
        temperature,
        RatioBy.WEIGHT,
        entropyTokens,
        phases,
        sequenceLength,
        totalTokens,
        maxEpochs,
        whenCapped,
        seed);
  }

  static boolean allowed(double maxEpochs) {
    return maxEpochs > 0 && maxEpochs <= 1000;
  }
}
