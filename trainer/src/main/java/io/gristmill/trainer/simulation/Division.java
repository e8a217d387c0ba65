package io.gristmill.trainer.simulation;

/**
 * How a step's batch is divided.
 *
 * @param workers a power of two
 * @param threads of each worker
 * @param slots of all workers, a power of two that the workers divide
 * @param globalBatch sequences of the step, which the slots divide
 * @param microBatch sequences that a thread computes at once
 */
public record Division(int workers, int threads, int slots, int globalBatch, int microBatch) {
  public Division {
    if (Integer.bitCount(workers) != 1 || slots % workers != 0 || globalBatch % slots != 0) {
      throw new IllegalArgumentException(
          "%d workers, %d slots, a batch of %d sequences: workers must be a power of two that divides the slots, and the slots divide the batch"
              .formatted(workers, slots, globalBatch));
    }
  }

  /** Slots of one worker. */
  public int slotsOfWorker() {
    return slots / workers;
  }

  /** How often a thread takes a slot, the busiest one. */
  public int rounds() {
    return Math.ceilDiv(slotsOfWorker(), threads);
  }

  /** Threads of a worker that never have a slot. */
  public int idleThreads() {
    return Math.max(0, threads - slotsOfWorker());
  }

  /** Sequences of one slot. */
  public int slotSequences() {
    return globalBatch / slots;
  }
}
