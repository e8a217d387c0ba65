package io.gristmill.trainer.schedule;

/**
 * Linear warm-up, then half a cosine from the peak to {@code minimumRatio * peak} at the last step
 * (Loshchilov and Hutter 2017, arXiv 1608.03983, eq. 5).
 */
public record Cosine(double peak, long warmupSteps, long totalSteps, double minimumRatio)
    implements Schedule {
  public Cosine {
    Checks.rate("peak", peak);
    Checks.warmup(warmupSteps, totalSteps);
    Checks.ratio(minimumRatio);
  }

  @Override
  public double rate(long step) {
    if (step < warmupSteps) {
      return peak * step / warmupSteps;
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    return peak * (minimumRatio + (1 - minimumRatio) * Decay.COSINE.share(progress));
  }
}
