package io.gristmill.trainer.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a model's width and depth do to its forward pass, its first weights and its learning rates.
 * Under a maximal update parametrization (muP) a learning rate that is best for a narrow model is
 * best for a wide one (Yang et al. 2022, arXiv 2203.03466, table 8); with the standard one it falls
 * with the width.
 *
 * <p>Rules that all have in common, m being {@link #widthRatio}: tables of the vocabulary and norm
 * gains learn at the rate of the schedule, the matrices of the layers at 1/m of it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StandardParametrization.class, name = "standard"),
  @JsonSubTypes.Type(value = MiniCpmParametrization.class, name = "minicpm"),
  @JsonSubTypes.Type(value = PowerParametrization.class, name = "power")
})
public sealed interface Parametrization
    permits StandardParametrization, MiniCpmParametrization, PowerParametrization {

  /** What rows of the embedding table are multiplied by where they enter the residual stream. */
  double embeddingMultiplier();

  /** What the outputs of attention and of the feed-forward block are multiplied by. */
  double residualMultiplier(int layers);

  /** What products of queries and keys are multiplied by. */
  double attentionMultiplier(int headSize);

  /** What logits are multiplied by. */
  double logitsMultiplier(int hiddenSize);

  /** Channels of the residual stream over those of the base width; 1 without muP. */
  double widthRatio(int hiddenSize);

  /** Standard deviation of the first embedding table, and of a head of its own. */
  double initialDeviation();

  /**
   * Standard deviation of the first matrices of the layers.
   *
   * @param writesToStream whether the matrix writes to the residual stream
   */
  double initialDeviation(ModelConfig config, boolean writesToStream);

  /** The deviation of a muP: that of the base width, divided by sqrt(m). */
  static double overRoot(double deviation, double widthRatio) {
    return deviation / Math.sqrt(widthRatio);
  }

  /**
   * Checks a number of {@code model.parametrization}.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  static void requirePositive(String key, double value, String usual) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "model.parametrization.%s is %s, must be above 0; %s is usual"
              .formatted(key, value, usual));
    }
  }
}
