package io.gristmill.mixing.blend;

import java.util.List;

/**
 * A stretch of a schedule in which the shares do not change.
 *
 * @param slots how many it has
 * @param weights one per component, each at least 0, some above 0; their ratio is what counts
 */
public record BlendPhase(long slots, List<Long> weights) {
  public BlendPhase {
    weights = List.copyOf(weights);
    if (slots < 1) {
      throw new IllegalArgumentException(
          "a blend phase of %d slots, must have at least 1".formatted(slots));
    }
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException(
            "blend weights %s: %d is negative".formatted(weights, weight));
      }
    }
    if (!weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          "blend weights %s: all are 0, one at least must be above".formatted(weights));
    }
  }
}
