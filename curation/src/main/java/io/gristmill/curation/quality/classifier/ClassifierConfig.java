package io.gristmill.curation.quality.classifier;

import java.io.Serializable;

/**
 * How a classifier is trained.
 *
 * @param bits features are hashed to 2<sup>bits</sup> numbers, a 32-bit float each in the model
 * @param regularisation the weight of the squared length of the model against the mean loss
 * @param steps of L-BFGS, at most
 */
public record ClassifierConfig(int bits, double regularisation, int steps) implements Serializable {
  public ClassifierConfig {
    if (bits < 10 || bits > 24) {
      throw new IllegalArgumentException(
          "bits is %d, must be 10 to 24; 20 is usual, a model of 4 MB".formatted(bits));
    }
    if (!(regularisation > 0)) {
      throw new IllegalArgumentException(
          "regularisation is %s, must be above 0; 0.00001 is usual".formatted(regularisation));
    }
    if (steps < 1) {
      throw new IllegalArgumentException(
          "steps is %d, must be at least 1; 100 is usual".formatted(steps));
    }
  }

  public static ClassifierConfig defaults() {
    return new ClassifierConfig(20, 1e-5, 100);
  }
}
