package io.gristmill.trainer.schedule;

/**
 * The Power schedule (Shen et al. 2024, arXiv 2408.13359): min(maximum, beta a n^b) after n tokens,
 * beta the batch in sequences of 4,096 tokens; linear warm-up to its value at the end of warm-up,
 * and a decay from its value at the start of the decay.
 *
 * @param maximum upper bound of the rate; 0.02 in the paper
 * @param a amplitude; 4 in the paper
 * @param b exponent; -0.51 in the paper
 * @param tokensPerStep tokens of one update
 */
public record Power(
    double maximum,
    double a,
    double b,
    long tokensPerStep,
    long warmupSteps,
    long totalSteps,
    long decaySteps,
    Decay decay)
    implements Schedule {
  private static final double SEQUENCE = 4096;

  public Power {
    Checks.rate("maximum", maximum);
    if (!(a > 0)) {
      throw new IllegalArgumentException(
          "schedule.a is %s, must be above 0; 4 is usual".formatted(a));
    }
    if (!(b < 0)) {
      throw new IllegalArgumentException(
          "schedule.b is %s, must be below 0; -0.51 is usual".formatted(b));
    }
    if (tokensPerStep < 1) {
      throw new IllegalArgumentException(
          "schedule.tokens-per-step is %d, must be at least 1; it is the global batch in tokens"
              .formatted(tokensPerStep));
    }
    Checks.warmup(warmupSteps, totalSteps);
    Checks.decay(decaySteps, warmupSteps, totalSteps);
  }

  /** The paper's constants and its exponential decay to zero. */
  public static Power recommended(
      long tokensPerStep, long warmupSteps, long totalSteps, long decaySteps) {
    return new Power(
        0.02,
        4,
        -0.51,
        tokensPerStep,
        warmupSteps,
        totalSteps,
        decaySteps,
        Decay.EXPONENTIAL_TO_ZERO);
  }

  @Override
  public double rate(long step) {
    if (step < warmupSteps) {
      return power(warmupSteps) * step / warmupSteps;
    }
    long decayStart = totalSteps - decaySteps;
    if (step <= decayStart) {
      return power(step);
    }
    return power(decayStart) * decay.share((double) (step - decayStart) / decaySteps);
  }

  private double power(long step) {
    double tokens = (double) step * tokensPerStep;
    return Math.min(maximum, tokensPerStep / SEQUENCE * a * StrictMath.pow(tokens, b));
  }
}
