package io.gristmill.trainer.schedule;

/** What all schedules ask of their numbers. */
final class Checks {
  private Checks() {}

  static void rate(String key, double value) {
    if (!(value > 0 && value < 10)) {
      throw new IllegalArgumentException(
          "schedule.%s is %s, must be above 0 and below 10; 1e-3 is usual".formatted(key, value));
    }
  }

  static void warmup(long warmupSteps, long totalSteps) {
    if (warmupSteps < 0 || warmupSteps > totalSteps) {
      throw new IllegalArgumentException(
          "schedule.warmup-steps is %d, must be between 0 and the total of %d; 1 %% of it is usual"
              .formatted(warmupSteps, totalSteps));
    }
  }

  static void decay(long decaySteps, long warmupSteps, long totalSteps) {
    if (decaySteps < 0 || decaySteps > totalSteps - warmupSteps) {
      throw new IllegalArgumentException(
          "schedule.decay-steps is %d, must be between 0 and the %d steps after warm-up; 10 %% of all steps is usual"
              .formatted(decaySteps, totalSteps - warmupSteps));
    }
  }

  static void ratio(double minimumRatio) {
    if (!(minimumRatio >= 0 && minimumRatio <= 1)) {
      throw new IllegalArgumentException(
          "schedule.minimum-ratio is %s, must be between 0 and 1; 0.1 is usual"
              .formatted(minimumRatio));
    }
  }
}
