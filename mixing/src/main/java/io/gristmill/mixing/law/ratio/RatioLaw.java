package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;

/**
 * A loss at the end of training by the share R of the domain in it: {@code L = alpha R^s + beta}
 * (Gu et al. 2024, arXiv 2407.17467, section 4). The search is over s alone: over all three
 * parameters at once it falls into a false optimum with a huge alpha and s near 0.
 */
public final class RatioLaw {
  public static final SeparableLaw LAW =
      PowerLaw.of("ratio law", "ratio", Parameter.free("s", -2, 4), "alpha", "beta");

  private RatioLaw() {}

  /** The ratio at which the fitted loss is {@code loss}; no number if it never is. */
  static double ratioAt(Fit fit, double loss) {
    return Math.pow((loss - fit.value("beta")) / fit.value("alpha"), 1 / fit.value("s"));
  }
}
