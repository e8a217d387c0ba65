package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.mixture.Ridge;

/** How the loss of a line goes with the shares of all. */
public sealed interface LineLaw {
  /** L = c + exp(sum_j t_j r_j). */
  record Curved(LawOutcome.Fitted law) implements LineLaw {
    @Override
    public double predict(double[] shares) {
      return law.fit().law().loss(law.fit().values(), shares);
    }

    @Override
    public double rSquared() {
      return law.fit().rSquared();
    }
  }

  /**
   * A weighted sum of the shares, where there are too few mixtures for the curve.
   *
   * @param why there is no curve, and how many mixtures would do
   */
  record Linear(Ridge ridge, double rSquared, String why) implements LineLaw {
    @Override
    public double predict(double[] shares) {
      return ridge.applyAsDouble(shares);
    }
  }

  /**
   * The loss, nats per token.
   *
   * @param shares of the lines that have a weight, in their order
   */
  double predict(double[] shares);

  /** The share of the variance of the losses that the law explains. */
  double rSquared();
}
