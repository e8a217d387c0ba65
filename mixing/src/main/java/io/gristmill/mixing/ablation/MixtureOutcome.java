package io.gristmill.mixing.ablation;

import java.util.List;

/**
 * What came of a mixture at the end of the trainings.
 *
 * @param mixture its name, for people
 * @param losses of the lines, the mean over the seeds, nats per token
 * @param objective the weighted mean of those
 * @param spread of the objective, the largest less the smallest over the seeds; 0 where there is
 *     one
 */
public record MixtureOutcome(
    String mixture, List<Double> weights, List<Double> losses, double objective, double spread) {
  public MixtureOutcome {
    weights = List.copyOf(weights);
    losses = List.copyOf(losses);
  }
}
