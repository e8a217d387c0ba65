package io.gristmill.trainer.training;

/** A run that ended because somebody asked it to, with a checkpoint to go on from. */
public final class TrainingPaused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TrainingPaused(String message) {
    super(message);
  }
}
