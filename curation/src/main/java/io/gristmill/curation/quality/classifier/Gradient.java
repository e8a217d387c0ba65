package io.gristmill.curation.quality.classifier;

import java.io.Serializable;

/**
 * The sum of the logistic loss over examples and its gradient, in fixed point: integers add up to
 * the same whatever their order, so the sum does not depend on partitions.
 */
final class Gradient implements Serializable {
  private static final long serialVersionUID = 1;

  /** A part of 2<sup>36</sup>: 64 million examples can all have the most of one feature. */
  private static final double SCALE = 0x1p36;

  private static final double MOST_LOSS = 1 << 10;

  /** Of each feature, then of the bias, then the loss in larger units. */
  private final long[] sums;

  Gradient(int features) {
    sums = new long[features + 2];
  }

  /**
   * Adds an example.
   *
   * @param point a weight for each feature, then the bias
   * @param importance 0 to 1, what the example counts
   */
  Gradient plus(Example example, double[] point, double importance) {
    int[] indices = example.indices();
    float[] weights = example.weights();
    double margin = point[point.length - 1];
    for (int i = 0; i < indices.length; i++) {
      margin += point[indices[i]] * weights[i];
    }
    double signed = example.wanted() ? margin : -margin;
    double wrong = 1 - ClassifierModel.logistic(signed);
    double slope = (example.wanted() ? -wrong : wrong) * importance * SCALE;
    for (int i = 0; i < indices.length; i++) {
      sums[indices[i]] += Math.round(slope * weights[i]);
    }
    sums[sums.length - 2] += Math.round(slope);
    double loss =
        signed > 0
            ? StrictMath.log1p(StrictMath.exp(-signed))
            : StrictMath.log1p(StrictMath.exp(signed)) - signed;
    sums[sums.length - 1] += Math.round(Math.min(loss, MOST_LOSS) * importance * SCALE / MOST_LOSS);
    return this;
  }

  Gradient plus(Gradient other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    return this;
  }

  /**
   * The mean loss with its gradient, both with the penalty of a long point; the bias has none.
   *
   * @param importance of all examples together
   */
  Lbfgs.Value mean(double[] point, double importance, double regularisation) {
    double[] gradient = new double[point.length];
    double squares = 0;
    for (int i = 0; i < point.length; i++) {
      gradient[i] = sums[i] / SCALE / importance;
      if (i < point.length - 1) {
        gradient[i] += regularisation * point[i];
        squares += point[i] * point[i];
      }
    }
    double loss = sums[sums.length - 1] / SCALE * MOST_LOSS / importance;
    return new Lbfgs.Value(loss + regularisation / 2 * squares, gradient);
  }
}
