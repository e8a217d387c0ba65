package io.gristmill.trainer.generation;

/**
 * How the next token is drawn from the logits.
 *
 * @param temperature divides the logits; 0 takes the likeliest token
 * @param topK only this many likeliest candidates; 0 for all
 * @param topP only the smallest set of candidates whose probability reaches this (Holtzman et al.
 *     2020, arXiv 1904.09751); 1 for all
 */
public record Sampling(double temperature, int topK, double topP) {
  public Sampling {
    if (!(temperature >= 0 && temperature <= 10)) {
      throw new IllegalArgumentException(
          "temperature is %s, must be 0 to 10; 0.7 is usual".formatted(temperature));
    }
    if (topK < 0) {
      throw new IllegalArgumentException(
          "top-k is %d, must be at least 0; 40 is usual".formatted(topK));
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "top-p is %s, must be above 0 and at most 1; 0.95 is usual".formatted(topP));
    }
  }
}
