package io.gristmill.mixing.online;

import java.util.List;

/**
 * The sequences from one change of the weights to the next. All lists have one entry for each
 * component.
 *
 * @param weights that the rule gave, summing to 1
 * @param shares of the sequences that were aimed at: the weights, but for components near their cap
 * @param turns sequences that each component gets; as whole-number weights they fix the order
 */
public record Stretch(List<Double> weights, List<Double> shares, List<Long> turns) {
  public Stretch {
    weights = List.copyOf(weights);
    shares = List.copyOf(shares);
    turns = List.copyOf(turns);
    if (weights.size() != turns.size() || shares.size() != turns.size()) {
      throw new IllegalArgumentException(
          "a stretch has %d weights, %d shares and turns of %d components"
              .formatted(weights.size(), shares.size(), turns.size()));
    }
    if (turns.stream().anyMatch(count -> count < 0) || sequences(turns) < 1) {
      throw new IllegalArgumentException(
          "a stretch has turns %s, must have none below 0 and some above".formatted(turns));
    }
  }

  /** How many it has. */
  public long sequences() {
    return sequences(turns);
  }

  private static long sequences(List<Long> turns) {
    return turns.stream().mapToLong(count -> count).sum();
  }
}
