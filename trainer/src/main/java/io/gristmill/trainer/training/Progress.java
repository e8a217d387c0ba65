package io.gristmill.trainer.training;

import io.gristmill.trainer.evaluation.Validation;
import java.time.Duration;

/** Hears how a run goes; for terminals and logs, never for what is computed. */
public interface Progress {
  /**
   * A finished step.
   *
   * @param step from 1, of {@code steps}
   * @param tokens trained on so far
   * @param loss nats per token
   * @param tokensPerSecond of the last steps
   * @param left time to the end at this speed
   */
  record Report(
      long step,
      long steps,
      long tokens,
      double loss,
      double learningRate,
      double gradientNorm,
      double tokensPerSecond,
      Duration left) {
    /** Share of the steps that is done, 0 to 100. */
    public double percent() {
      return 100.0 * step / steps;
    }
  }

  /** A step has been finished. */
  void step(Report report);

  /** Held-out losses have been measured. */
  void validation(Validation validation);

  /** Something else that a person may want to know: a resume, a checkpoint. */
  void event(String message);

  /** Something went wrong, and the run goes on: a restart, a refused stranger, a slow worker. */
  void warning(String message);

  /** Hears nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void step(Report report) {}

      @Override
      public void validation(Validation validation) {}

      @Override
      public void event(String message) {}

      @Override
      public void warning(String message) {}
    };
  }
}
