package io.gristmill.mixing.ablation;

import java.util.List;

/**
 * What the laws tell of a mixture at the end of a training.
 *
 * @param mixture its name, for people
 * @param losses of the lines, nats per token
 * @param objective the weighted mean of those
 */
public record MixturePrediction(
    String mixture, List<Double> weights, List<Double> losses, double objective) {
  public MixturePrediction {
    weights = List.copyOf(weights);
    losses = List.copyOf(losses);
  }
}
