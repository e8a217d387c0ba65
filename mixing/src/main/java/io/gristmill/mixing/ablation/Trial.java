package io.gristmill.mixing.ablation;

import java.util.List;

/**
 * One training of an ablation.
 *
 * @param size the name of the model's size
 * @param name of its mixture, short, for a folder
 * @param mixture the same for people
 * @param weights of the lines of the mixture in their order
 * @param seed of its data, and of its first weights where these are random
 */
public record Trial(String size, String name, String mixture, List<Double> weights, long seed) {
  public Trial {
    weights = List.copyOf(weights);
  }

  /** For people. */
  public String label() {
    return "%s, %s, seed %d".formatted(size, mixture, seed);
  }
}
