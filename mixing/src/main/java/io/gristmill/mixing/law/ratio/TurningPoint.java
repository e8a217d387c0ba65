package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Range;
import java.util.function.DoubleUnaryOperator;

/**
 * After how many tokens training at one ratio begins to pay: where the loss on the domain and
 * lambda times the general one, together, stop rising, {@code a1 s1 T^(s1-1) + lambda (a2 s2
 * T^(s2-1) + a3 s3 T^(s3-1)) = 0} (Gu et al. 2024, arXiv 2407.17467, equation 5). For a large
 * lambda, of 100 to 7000 in the paper, that is where the general loss is highest.
 */
public sealed interface TurningPoint {
  /** The losses rise together until here, then fall. */
  record At(double tokens) implements TurningPoint {}

  /** They fall all the while. */
  record FromTheStart() implements TurningPoint {}

  /** At the last observed tokens they rise still. */
  record NotYet(double tokens) implements TurningPoint {}

  int STEPS = 1000;
  int BISECTIONS = 60;

  /** Within the tokens that both laws were fitted on. */
  static TurningPoint of(Fit domain, Fit general, double lambda) {
    Range one = domain.range("tokens");
    Range other = general.range("tokens");
    double first = Math.max(one.low(), other.low());
    double last = Math.min(one.high(), other.high());
    DoubleUnaryOperator slope =
        tokens ->
            slope(domain, "a1", "s1", tokens)
                + lambda * slope(general, "a2", "s2", tokens)
                + lambda * slope(general, "a3", "s3", tokens);
    if (slope.applyAsDouble(last) > 0) {
      return new NotYet(last);
    }
    for (int step = STEPS - 1; step >= 0; step--) {
      double low = first * Math.pow(last / first, (double) step / STEPS);
      if (slope.applyAsDouble(low) > 0) {
        double high = first * Math.pow(last / first, (step + 1.0) / STEPS);
        return new At(root(slope, low, high));
      }
    }
    return new FromTheStart();
  }

  private static double slope(Fit fit, String factor, String power, double tokens) {
    return fit.value(factor) * fit.value(power) * Math.pow(tokens, fit.value(power) - 1);
  }

  private static double root(DoubleUnaryOperator slope, double above, double below) {
    double low = above;
    double high = below;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (slope.applyAsDouble(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
