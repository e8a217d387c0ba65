package io.gristmill.mixing.mixture;

import java.util.List;

/**
 * A stretch of the run with a ratio of its own.
 *
 * @param share of the tokens of the run, above 0
 * @param weights one per line of {@code mixture.weights}, in their order, summing to 1; parts keep
 *     the ratio within their line; none for the ratio of {@code mixture.weights}
 */
public record PhaseConfig(double share, List<Double> weights) {
  public PhaseConfig {
    weights = List.copyOf(weights);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share is %s, must be above 0 and at most 1; 0.1 is usual for the last phase"
              .formatted(share));
    }
    for (double weight : weights) {
      if (!(weight >= 0 && weight <= 1)) {
        throw new IllegalArgumentException(
            "weights are %s: %s must be 0 to 1".formatted(weights, weight));
      }
    }
    if (!weights.isEmpty()) {
      Ratio.checkSum("weights", weights);
    }
  }
}
