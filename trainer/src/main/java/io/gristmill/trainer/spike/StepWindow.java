package io.gristmill.trainer.spike;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The accepted steps that a step is compared with. */
record StepWindow(List<Observation> steps, int size) {
  StepWindow {
    steps = List.copyOf(steps);
  }

  /**
   * How far the next step stands out: (x - mean) / deviation of its loss and of its gradient norm,
   * the deviation with n - 1 in the denominator.
   */
  Observation observe(long step, long batch, double loss, double gradientNorm) {
    return new Observation(
        step,
        batch,
        loss,
        gradientNorm,
        score(loss, Observation::loss),
        score(gradientNorm, Observation::gradientNorm));
  }

  private double score(double value, ToDoubleFunction<Observation> of) {
    if (!Double.isFinite(value)) {
      return Double.POSITIVE_INFINITY; // no window is needed to tell that it stands out
    }
    if (2 * steps.size() < size) {
      return Double.NaN;
    }
    double sum = 0;
    for (Observation step : steps) {
      sum += of.applyAsDouble(step);
    }
    double mean = sum / steps.size();
    double squares = 0;
    for (Observation step : steps) {
      double difference = of.applyAsDouble(step) - mean;
      squares += difference * difference;
    }
    double deviation = Math.sqrt(squares / (steps.size() - 1));
    return deviation > 0 ? (value - mean) / deviation : 0; // without any spread nothing is known
  }
}
