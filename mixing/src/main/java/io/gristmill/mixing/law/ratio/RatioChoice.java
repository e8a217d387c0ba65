package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Bootstrap;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Interval;
import io.gristmill.mixing.law.fit.Observation;
import java.util.List;

/**
 * The critical ratio for a tolerance, and how sure it is.
 *
 * @param tolerance by how much the general loss may end above where it began
 * @param interval with a probability of .95, cut off at the ratios tried
 * @param found the share of the resamples whose critical ratio is within the ratios tried; where it
 *     is small, the interval is an end of them rather than a measurement
 */
public record RatioChoice(double tolerance, CriticalRatio ratio, Interval interval, double found) {
  private static final double LEVEL = 0.95;

  /**
   * The choices for each tolerance.
   *
   * @param generalLosses at the end of training, by ratio
   * @param before the general loss of the model that training goes on from
   */
  public static List<RatioChoice> of(
      List<Observation> generalLosses,
      double before,
      List<Double> tolerances,
      int resamples,
      long seed) {
    Fit fit = RatioLaw.LAW.fit(generalLosses);
    Bootstrap bootstrap = fit.bootstrap(resamples, seed);
    return tolerances.stream().map(tolerance -> choice(fit, bootstrap, before, tolerance)).toList();
  }

  private static RatioChoice choice(Fit fit, Bootstrap bootstrap, double before, double tolerance) {
    List<CriticalRatio> resampled =
        bootstrap.fits().stream()
            .map(own -> CriticalRatio.within(own, before + tolerance))
            .toList();
    double[] ratios = resampled.stream().mapToDouble(RatioChoice::ratio).toArray();
    double found =
        (double) resampled.stream().filter(own -> own instanceof CriticalRatio.Found).count()
            / resampled.size();
    return new RatioChoice(
        tolerance,
        CriticalRatio.within(fit, before + tolerance),
        Bootstrap.interval(ratios, LEVEL),
        found);
  }

  private static double ratio(CriticalRatio critical) {
    return switch (critical) {
      case CriticalRatio.Found it -> it.ratio();
      case CriticalRatio.Between it -> it.feasible();
      case CriticalRatio.AllFeasible it -> it.largest();
      case CriticalRatio.NoneFeasible it -> it.smallest();
    };
  }
}
