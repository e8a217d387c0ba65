package io.gristmill.trainer.training;

/** A run that cannot go on and would not go better a second time; every worker finds it alike. */
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TrainingStopped(String message) {
    super(message);
  }
}
