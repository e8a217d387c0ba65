package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Range;
import java.util.SortedMap;

/**
 * The largest feasible ratio, as far as the ratios that were tried tell (Gu et al. 2024, arXiv
 * 2407.17467, section 3): at it the general loss ends within a tolerance of where it began, and
 * training has begun to pay.
 */
public sealed interface CriticalRatio {
  /** A law says where it lies, within the ratios tried. */
  record Found(double ratio) implements CriticalRatio {}

  /** It lies between two ratios that were tried. */
  record Between(double feasible, double infeasible) implements CriticalRatio {}

  /** Even the largest ratio tried is feasible: the critical one, if any, is above. */
  record AllFeasible(double largest) implements CriticalRatio {}

  /** Not even the smallest ratio tried is feasible: the critical one, if any, is below. */
  record NoneFeasible(double smallest) implements CriticalRatio {}

  /**
   * By the tolerance: where the general loss at the end of training exceeds {@code most}.
   *
   * @param generalLoss a fit of {@link RatioLaw#LAW} to the general losses
   * @param most the general loss before the training plus the tolerance, .05 in the paper
   */
  static CriticalRatio within(Fit generalLoss, double most) {
    Range tried = generalLoss.range("ratio");
    if (generalLoss.predict(tried.high()) <= most) {
      return new AllFeasible(tried.high());
    }
    if (generalLoss.predict(tried.low()) > most) {
      return new NoneFeasible(tried.low());
    }
    return new Found(RatioLaw.ratioAt(generalLoss, most));
  }

  /**
   * By the turning points of the ratios that were tried: feasible is a ratio that has turned.
   *
   * @throws IllegalArgumentException if no ratio was tried, or one has turned that is larger than
   *     one that has not
   */
  static CriticalRatio turned(SortedMap<Double, TurningPoint> byRatio) {
    if (byRatio.isEmpty()) {
      throw new IllegalArgumentException(
          "no ratio was tried; two are the least, one that has turned and one that has not");
    }
    double feasible = Double.NaN;
    double infeasible = Double.NaN;
    for (var tried : byRatio.entrySet()) {
      boolean turned = !(tried.getValue() instanceof TurningPoint.NotYet);
      if (turned && !Double.isNaN(infeasible)) {
        throw new IllegalArgumentException(
            "ratio %s has turned and the smaller %s has not: noise is larger than what the ratios differ by; train longer or repeat with other seeds"
                .formatted(tried.getKey(), infeasible));
      }
      if (turned) {
        feasible = tried.getKey();
      } else if (Double.isNaN(infeasible)) {
        infeasible = tried.getKey();
      }
    }
    if (Double.isNaN(infeasible)) {
      return new AllFeasible(feasible);
    }
    return Double.isNaN(feasible)
        ? new NoneFeasible(infeasible)
        : new Between(feasible, infeasible);
  }
}
