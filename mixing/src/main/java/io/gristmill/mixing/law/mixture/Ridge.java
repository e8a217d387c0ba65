package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.Observation;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The loss as a weighted sum of the shares, with small weights preferred: the linear predictor of
 * RegMix (Liu et al. 2024, arXiv 2407.01492, section 3.2). Losses are not linear in shares, so
 * {@link MixingLaw} predicts better; this one needs fewer trainings and cannot fail.
 */
public record Ridge(double intercept, double[] weights) implements ToDoubleFunction<double[]> {
  /**
   * The weights of least {@code sum (residual^2) + lambda sum (weight^2)}; the intercept is free.
   */
  public static Ridge fit(List<Observation> observations, double lambda) {
    if (observations.isEmpty() || !(lambda > 0)) {
      throw new IllegalArgumentException(
          "ridge of %d observations with lambda %s: needs one at least, and lambda above 0, as .01"
              .formatted(observations.size(), lambda));
    }
    int count = observations.getFirst().inputs().length;
    double[] means = new double[count];
    for (Observation own : observations) {
      for (int j = 0; j < count; j++) {
        means[j] += own.inputs()[j] / observations.size();
      }
    }
    double mean = observations.stream().mapToDouble(Observation::value).average().orElseThrow();
    RealMatrix squares = new Array2DRowRealMatrix(count, count);
    double[] products = new double[count];
    for (Observation own : observations) {
      for (int j = 0; j < count; j++) {
        double centred = own.inputs()[j] - means[j];
        products[j] += centred * (own.value() - mean);
        for (int k = 0; k < count; k++) {
          squares.addToEntry(j, k, centred * (own.inputs()[k] - means[k]));
        }
      }
    }
    for (int j = 0; j < count; j++) {
      squares.addToEntry(j, j, lambda);
    }
    double[] weights =
        new CholeskyDecomposition(squares)
            .getSolver()
            .solve(new ArrayRealVector(products, false))
            .toArray();
    double intercept = mean;
    for (int j = 0; j < count; j++) {
      intercept -= weights[j] * means[j];
    }
    return new Ridge(intercept, weights);
  }

  /** The loss of a mixture. */
  @Override
  public double applyAsDouble(double[] shares) {
    double loss = intercept;
    for (int j = 0; j < shares.length; j++) {
      loss += weights[j] * shares[j];
    }
    return loss;
  }
}
