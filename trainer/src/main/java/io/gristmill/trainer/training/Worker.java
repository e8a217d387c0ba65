package io.gristmill.trainer.training;

import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Group;
import java.util.function.BooleanSupplier;

/**
 * The part of a run's surroundings that differs from worker to worker and changes no bit.
 *
 * @param group this worker and its peers
 * @param threads of this worker
 * @param inThisProcess workers that share this worker's heap, itself included
 * @param fence of this attempt
 * @param cancelled asked often; true ends the attempt
 * @param askedToStop asked of worker 0 in every step; true ends the run after the step, with a
 *     checkpoint
 */
public record Worker(
    Group group,
    int threads,
    int inThisProcess,
    Fence fence,
    BooleanSupplier cancelled,
    BooleanSupplier askedToStop) {
  /** A worker of a run that nobody asks to stop. */
  public Worker(
      Group group, int threads, int inThisProcess, Fence fence, BooleanSupplier cancelled) {
    this(group, threads, inThisProcess, fence, cancelled, () -> false);
  }

  /** The only worker of a run in one process. */
  public static Worker alone(int threads) {
    return new Worker(Group.alone(), threads, 1, Fence.none(), () -> false);
  }

  boolean isFirst() {
    return group.rank() == 0;
  }
}
