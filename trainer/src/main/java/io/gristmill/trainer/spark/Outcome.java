package io.gristmill.trainer.spark;

import io.gristmill.trainer.training.TrainingResult;
import java.io.Serializable;

/** What a worker's task returns. */
sealed interface Outcome extends Serializable {
  /** The run is complete. */
  record Finished(TrainingResult result) implements Outcome {}

  /** The run ended early, as somebody asked, and can be gone on with. */
  record Paused(String message) implements Outcome {}

  /** The run cannot go on and would not go better a second time. */
  record Stopped(String message) implements Outcome {}
}
