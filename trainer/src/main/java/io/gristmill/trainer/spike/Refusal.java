package io.gristmill.trainer.spike;

import java.util.Locale;

/**
 * A batch that the parameters were not updated by.
 *
 * @param instead number of the batch that takes its place; {@link #NONE} where the step is skipped
 */
public record Refusal(Observation observation, Action action, long instead) {
  public static final long NONE = -1;

  /** What is done in place of the update. */
  public enum Action {
    /** The next step. */
    SKIP,
    /** The same step with another batch. */
    REPLACE,
    /** All steps since a checkpoint, with other batches. */
    ROLL_BACK;

    /** As in files. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  long step() {
    return observation.step();
  }
}
