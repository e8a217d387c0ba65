package io.gristmill.trainer.schedule;

/** Linear warm-up, then flat. */
public record Constant(double peak, long warmupSteps) implements Schedule {
  public Constant {
    Checks.rate("peak", peak);
    Checks.warmup(warmupSteps, Long.MAX_VALUE);
  }

  @Override
  public double rate(long step) {
    return step < warmupSteps ? peak * step / warmupSteps : peak;
  }
}
