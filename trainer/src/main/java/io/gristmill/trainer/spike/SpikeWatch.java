package io.gristmill.trainer.spike;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Judges the steps of a run one after the other. Every worker has one and judges the same losses
 * and norms, so they agree without a message.
 */
public final class SpikeWatch {
  /** Replacements that are tried for a step before the run goes back. */
  static final int REPLACEMENTS = 3;

  /** Steps skipped in a row from which it is the level that changed: a spike is over sooner. */
  public static final int SKIPS_IN_A_ROW = 8;

  private final SpikesConfig config;
  private final long reserve;
  private final LongUnaryOperator rollbackPoint;
  private SpikeMemory memory = SpikeMemory.none();

  /** What becomes of a step. */
  public enum Verdict {
    /** Its update is made. */
    TAKE,
    /** Its update is made, and steps before it count no longer: the level has changed. */
    TAKE_ANEW,
    /** No update is made, the next step comes. */
    SKIP,
    /** It is computed again, by the batch that {@link #batch} says now. */
    REPLACE,
    /** The run goes back to the rollback point and calls {@link #goBack}. */
    ROLL_BACK
  }

  /**
   * @param reserve number of the first batch that no step has of its own: that after the last
   * @param rollbackPoint the last checkpoint that the run is sure to have after so many steps,
   *     however often it was stopped meanwhile; 0 for none
   */
  public SpikeWatch(SpikesConfig config, long reserve, LongUnaryOperator rollbackPoint) {
    this.config = config;
    this.reserve = reserve;
    this.rollbackPoint = rollbackPoint;
  }

  /** Goes on from what a checkpoint remembers. */
  public void resume(SpikeMemory remembered) {
    memory = remembered;
  }

  /** For a checkpoint. */
  public SpikeMemory memory() {
    return memory;
  }

  /** The batch of a step, which is counted from 1. */
  public long batch(long step) {
    return memory.batch(step);
  }

  /** Updates made up to and with this step, should it make one. */
  public long updates(long step) {
    return step - memory.skipped(step - 1);
  }

  /** What was refused for this step so far. */
  public List<Refusal> refused(long step) {
    return memory.refused(step);
  }

  /** What was refused last. */
  public Refusal lastRefused() {
    return memory.refused().getLast();
  }

  /**
   * Judges what the batch of a step came to.
   *
   * @param step from 1
   * @param loss nats per token
   * @param gradientNorm before clipping
   */
  public Verdict judge(long step, double loss, double gradientNorm) {
    if (!config.on()) {
      return Verdict.TAKE;
    }
    Observation seen =
        memory.window(config.window()).observe(step, batch(step), loss, gradientNorm);
    if (!seen.isSpike(config.sigma())) {
      accept(seen);
      return Verdict.TAKE;
    }
    if (memory.skippedInARow(step) >= SKIPS_IN_A_ROW) {
      memory = memory.beginAnew(step - 1);
      accept(seen);
      return Verdict.TAKE_ANEW;
    }
    if (!config.replaces()) {
      return skip(seen);
    }
    if (memory.triedInARow(step) < REPLACEMENTS) {
      replace(seen, Refusal.Action.REPLACE);
      return Verdict.REPLACE;
    }
    long back = rollbackPoint.applyAsLong(step - 1);
    if (back == 0 || memory.wentBackTo(back)) {
      return skip(seen); // so that no step between is ever skipped before the run goes back
    }
    for (long again = back + 1; again < step; again++) {
      replace(memory.accepted(again), Refusal.Action.ROLL_BACK);
    }
    replace(seen, Refusal.Action.ROLL_BACK);
    return Verdict.ROLL_BACK;
  }

  /** Judges from here on as at the rollback point, but for the batches refused since. */
  public void goBack(SpikeMemory atRollbackPoint) {
    memory = new SpikeMemory(atRollbackPoint.since(), atRollbackPoint.accepted(), memory.refused());
  }

  private void accept(Observation seen) {
    long back = config.replaces() ? rollbackPoint.applyAsLong(seen.step()) : 0;
    memory = memory.accept(seen, config.window(), back > 0 ? back : Long.MAX_VALUE);
  }

  private Verdict skip(Observation seen) {
    memory = memory.refuse(new Refusal(seen, Refusal.Action.SKIP, Refusal.NONE));
    return Verdict.SKIP;
  }

  private void replace(Observation seen, Refusal.Action action) {
    memory = memory.refuse(new Refusal(seen, action, reserve + memory.replacements()));
  }
}
