package io.gristmill.mixing.online;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves the weights of components towards high scores, never below a floor:
 *
 * <pre>  w' = (1 - c) softmax(log w + eta * score) + c / K</pre>
 *
 * over the K components whose weight is above 0; one of weight 0 stays out. With the mean of
 * max(loss - reference loss, 0) over tokens as score it is DoReMi's step (Xie et al. 2023, arXiv
 * 2305.10429, algorithm 1), with loss - target Sheared-LLaMA's dynamic batch loading (Xia et al.
 * 2023, arXiv 2310.06694, algorithm 1, whose code adds the floor).
 *
 * @param eta what a nat per token adds to the logarithm of a weight, above 0; both use 1
 * @param floor c, above 0 and below 1; both use 1e-4
 */
public record ExponentiatedWeights(double eta, double floor) {
  public ExponentiatedWeights {
    if (!(eta > 0 && eta <= 1000)) {
      throw new IllegalArgumentException(
          "eta is %s, must be above 0 and at most 1000; 1 is usual".formatted(eta));
    }
    if (!(floor > 0 && floor < 1)) {
      throw new IllegalArgumentException(
          "floor is %s, must be above 0 and below 1; 1e-4 is usual".formatted(floor));
    }
  }

  /**
   * The next weights: the same bits on every machine.
   *
   * @param weights of each component, summing to 1
   * @param scores of each in nats per token, finite where the weight is above 0
   */
  public List<Double> next(List<Double> weights, List<Double> scores) {
    double highest = Double.NEGATIVE_INFINITY;
    double[] logits = new double[weights.size()];
    int used = 0;
    for (int i = 0; i < logits.length; i++) {
      if (weights.get(i) > 0) {
        // StrictMath: Math may round otherwise from one processor to the next.
        logits[i] = StrictMath.log(weights.get(i)) + eta * scores.get(i);
        if (!Double.isFinite(logits[i])) {
          throw new IllegalArgumentException(
              "scores are %s: %s of component %d is not a finite number"
                  .formatted(scores, scores.get(i), i));
        }
        highest = Math.max(highest, logits[i]);
        used++;
      }
    }
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = weights.get(i) > 0 ? StrictMath.exp(logits[i] - highest) : 0;
      sum += logits[i];
    }
    List<Double> next = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      next.add(weights.get(i) > 0 ? (1 - floor) * (logits[i] / sum) + floor / used : 0);
    }
    return List.copyOf(next);
  }
}
