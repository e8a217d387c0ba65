package io.gristmill.trainer.training;

import io.gristmill.trainer.schedule.Constant;
import io.gristmill.trainer.schedule.Cosine;
import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.schedule.Power;
import io.gristmill.trainer.schedule.Schedule;
import io.gristmill.trainer.schedule.Wsd;

/**
 * The learning rate before the number of steps is known.
 *
 * @param kind which of the schedules
 * @param peak highest learning rate; of {@code POWER} its upper bound
 * @param warmup below 1 a share of all steps, else a number of steps
 * @param decay below 1 a share of all steps, else a number of steps; of {@code WSD} and {@code
 *     POWER}
 * @param decayCurve how it falls; of {@code WSD} and {@code POWER}
 * @param minimumRatio share of the peak that is left at the end; of {@code WSD} and {@code COSINE}
 * @param amplitude a of {@code POWER}
 * @param exponent b of {@code POWER}
 */
public record ScheduleConfig(
    Kind kind,
    double peak,
    double warmup,
    double decay,
    Decay decayCurve,
    double minimumRatio,
    double amplitude,
    double exponent) {
  /** The schedules. */
  public enum Kind {
    WSD,
    POWER,
    COSINE,
    CONSTANT
  }

  public ScheduleConfig {
    if (!(peak > 0 && peak <= 1)) {
      throw new IllegalArgumentException(
          "schedule.peak is %s, must be above 0 and at most 1; 1e-3 is usual".formatted(peak));
    }
    requireSteps("warmup", warmup, "0.02");
    requireSteps("decay", decay, "0.1");
    if (!(minimumRatio >= 0 && minimumRatio < 1)) {
      throw new IllegalArgumentException(
          "schedule.minimum-ratio is %s, must be at least 0 and below 1; 0.1 is usual"
              .formatted(minimumRatio));
    }
    if (!(amplitude > 0)) {
      throw new IllegalArgumentException(
          "schedule.amplitude is %s, must be above 0; 4 is usual".formatted(amplitude));
    }
    if (!(exponent < 0)) {
      throw new IllegalArgumentException(
          "schedule.exponent is %s, must be below 0; -0.51 is usual".formatted(exponent));
    }
  }

  /** Warm-up, stable, decay at a peak of 1e-3: 2 % warm-up, the last 10 % down to a tenth. */
  public static ScheduleConfig defaults() {
    return new ScheduleConfig(Kind.WSD, 1e-3, 0.02, 0.1, Decay.ONE_MINUS_SQRT, 0.1, 4, -0.51);
  }

  /** The schedule of a run of {@code steps} updates of {@code tokensPerStep} tokens. */
  public Schedule schedule(long steps, long tokensPerStep) {
    long warmupSteps = warmupSteps(steps);
    long decaySteps = decaySteps(steps);
    return switch (kind) {
      case WSD -> new Wsd(peak, warmupSteps, steps, decaySteps, decayCurve, minimumRatio);
      case POWER ->
          new Power(
              peak, amplitude, exponent, tokensPerStep, warmupSteps, steps, decaySteps, decayCurve);
      case COSINE -> new Cosine(peak, warmupSteps, steps, minimumRatio);
      case CONSTANT -> new Constant(peak, warmupSteps);
    };
  }

  /** Of a run of so many steps. */
  public long warmupSteps(long steps) {
    return count(warmup, steps);
  }

  /** Of a run of so many steps. */
  public long decaySteps(long steps) {
    return count(decay, steps);
  }

  /**
   * The last step before the decay, of a run of so many steps; 0 where the schedule has no stable
   * part.
   */
  public long stableEnd(long steps) {
    return switch (kind) {
      case WSD, POWER -> steps - decaySteps(steps);
      case COSINE, CONSTANT -> 0;
    };
  }

  private static long count(double value, long steps) {
    return value < 1 ? Math.round(value * steps) : Math.round(value);
  }

  private static void requireSteps(String key, double value, String usual) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          "schedule.%s is %s, must be at least 0: below 1 a share of the steps, else a number of steps; %s is usual"
              .formatted(key, value, usual));
    }
  }
}
