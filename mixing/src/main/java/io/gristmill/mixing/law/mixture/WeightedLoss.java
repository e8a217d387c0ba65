package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.Fit;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The overall loss of a mixture, {@code sum_i s_i L_i}: a fitted law for each validation set, by
 * the weights of the sets (Ye et al. 2024, arXiv 2403.16952, equation 8).
 */
public record WeightedLoss(List<Fit> laws, List<Double> weights)
    implements ToDoubleFunction<double[]> {
  public WeightedLoss {
    laws = List.copyOf(laws);
    weights = List.copyOf(weights);
    if (laws.size() != weights.size()) {
      throw new IllegalArgumentException(
          "%d laws and %d weights: each validation set needs one of both"
              .formatted(laws.size(), weights.size()));
    }
  }

  @Override
  public double applyAsDouble(double[] shares) {
    double loss = 0;
    for (int i = 0; i < laws.size(); i++) {
      loss += weights.get(i) * laws.get(i).predict(shares);
    }
    return loss;
  }
}
