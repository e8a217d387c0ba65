package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Interval;
import java.util.List;

/**
 * The mixture to train with.
 *
 * @param recommended by the laws, within the shares tried
 * @param shares intervals of the recommended shares with a probability of .95: how they change when
 *     the laws are fitted to resampled losses
 * @param configured what the laws tell of the configured mixture
 * @param bestTrained what they tell of the mixture whose measured objective was least
 * @param improvement by how much the objective of the recommended mixture is below that of the
 *     configured one, over the resamples, with a probability of .95
 * @param better share of the resamples in which it is below
 */
public record MixtureAdvice(
    MixturePrediction recommended,
    List<Interval> shares,
    MixturePrediction configured,
    MixturePrediction bestTrained,
    Interval improvement,
    double better) {
  public MixtureAdvice {
    shares = List.copyOf(shares);
  }

  /** By how much the predicted objective falls, nats per token. */
  public double gain() {
    return configured.objective() - recommended.objective();
  }
}
