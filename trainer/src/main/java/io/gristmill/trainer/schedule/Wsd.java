package io.gristmill.trainer.schedule;

/**
 * Warm-up, stable, decay (Hu et al. 2024, arXiv 2404.06395, section 4): linear up, flat, then down
 * over the last {@code decaySteps}.
 *
 * @param peak learning rate of the stable part
 * @param minimumRatio share of the peak that the decay tends to
 */
public record Wsd(
    double peak,
    long warmupSteps,
    long totalSteps,
    long decaySteps,
    Decay decay,
    double minimumRatio)
    implements Schedule {
  public Wsd {
    Checks.rate("peak", peak);
    Checks.warmup(warmupSteps, totalSteps);
    Checks.decay(decaySteps, warmupSteps, totalSteps);
    Checks.ratio(minimumRatio);
  }

  @Override
  public double rate(long step) {
    if (step < warmupSteps) {
      return peak * step / warmupSteps;
    }
    long stableEnd = totalSteps - decaySteps;
    if (step <= stableEnd) {
      return peak;
    }
    double share = decay.share((double) (step - stableEnd) / decaySteps);
    return peak * (minimumRatio + (1 - minimumRatio) * share);
  }
}
