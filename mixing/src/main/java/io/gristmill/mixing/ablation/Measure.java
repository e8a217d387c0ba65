package io.gristmill.mixing.ablation;

import java.util.List;

/**
 * The held-out losses of a training after some tokens. All trainings of an ablation are measured on
 * the same held-out tokens.
 *
 * @param losses of the lines of the mixture in their order, nats per token; NaN for a line that is
 *     not measured
 */
public record Measure(Trial trial, long tokens, List<Double> losses) {
  public Measure {
    losses = List.copyOf(losses);
  }
}
