package io.gristmill.trainer.spark;

import io.gristmill.trainer.training.MemoryPlan;

/**
 * What a cluster holds of trainings that run beside each other.
 *
 * @param trainings at the same time, one at least
 * @param perProcess workers that may meet in one process, whichever trainings they belong to
 * @param heap bytes of such a process
 */
public record Room(int trainings, int perProcess, long heap) {
  static Room of(Placement placement, Placement.Cluster cluster, long heap) {
    int perExecutor = cluster.cores() / placement.threads();
    int trainings = Math.max(1, cluster.executors() * perExecutor / placement.workers());
    int workers = trainings * placement.workers();
    return new Room(trainings, cluster.local() ? workers : Math.min(perExecutor, workers), heap);
  }

  /**
   * Fails unless every process holds as many workers as may meet there.
   *
   * @param plan of one worker
   * @throws IllegalArgumentException saying how much they need and what to change
   */
  public void requireFits(MemoryPlan plan) {
    plan.requireFits(heap, perProcess);
  }
}
