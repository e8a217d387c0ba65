package io.gristmill.trainer.simulation;

import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;

/**
 * The seconds of the trainer's step for any number of workers. It follows what a worker does, one
 * thing after the other: its slots by its threads, recursive halving of the gradients, a message
 * from each worker to each, AdamW on its own blocks, recursive doubling of the parameters.
 *
 * @param stragglers for as many workers as will be asked about
 */
public record DataParallelStep(
    StepCosts costs,
    Cluster cluster,
    ModelConfig model,
    int sequenceLength,
    Stragglers stragglers) {
  /** Of a step in which a thread computes, the backward pass: two of three products. */
  private static final double BACKWARD = 2.0 / 3;

  /** What a gradient buffer is touched by: written to clear it; read twice and written to add. */
  private static final int CLEAR = 1;

  private static final int ADD = 3;

  /** Bytes of a slot's loss and target count in the messages. */
  private static final int SLOT_BYTES = 16;

  /** The parts of a step. */
  public StepParts parts(Division division) {
    long parameters = ParameterLayout.of(model).size();
    int workers = division.workers();
    double compute = compute(division, parameters);
    double halving = halving(workers, parameters);
    double hidden =
        workers == 1 ? 0 : Math.min(halving, cluster.overlap() * BACKWARD * tokens(division));
    return new StepParts(
        compute,
        compute * (stragglers.slowest(workers) - 1),
        halving - hidden,
        messages(division, parameters),
        costs.update() * largestShard(workers, parameters),
        halving);
  }

  /** Forward and backward of the busiest thread. */
  private double tokens(Division division) {
    return costs.token() * division.rounds() * division.slotSequences() * sequenceLength;
  }

  /** The busiest thread adds its own slots, and the last of all climbs the tree of the threads. */
  private double compute(Division division, long parameters) {
    int busy = Math.min(division.threads(), division.slotsOfWorker());
    int climbed = Integer.SIZE - Integer.numberOfLeadingZeros(busy - 1); // log2, upwards
    int adds = division.rounds() - 1 + climbed;
    double touches = (double) parameters * (CLEAR * division.rounds() + ADD * adds);
    return tokens(division) + costs.touch() * touches;
  }

  /** One direction of the exchange: log2 W rounds, each of half of what was left. */
  private double halving(int workers, long parameters) {
    double seconds = 0;
    long blocks = Math.ceilDiv(parameters, (long) VectorShards.BLOCK);
    for (int left = workers; left > 1; left /= 2) {
      long half = Math.ceilDiv(blocks, 2L);
      seconds += message() + Math.min(parameters, half * VectorShards.BLOCK) * perFloat();
      blocks = half;
    }
    return seconds;
  }

  private double perFloat() {
    double network = 8.0 * Float.BYTES / (1e9 * cluster.networkGigabits());
    return Math.max(network, costs.exchange());
  }

  private double message() {
    return costs.message() + 1e-6 * cluster.latencyMicroseconds();
  }

  /** Losses of the slots and norms of the blocks, by every worker to every other in turn. */
  private double messages(Division division, long parameters) {
    double bytes =
        SLOT_BYTES * division.slotsOfWorker()
            + Double.BYTES
                * (double) largestShard(division.workers(), parameters)
                / VectorShards.BLOCK;
    return (division.workers() - 1) * (message() + bytes / Float.BYTES * perFloat());
  }

  /** Parameters of the worker that owns most blocks. */
  static long largestShard(int workers, long parameters) {
    long blocks = Math.ceilDiv(parameters, (long) VectorShards.BLOCK);
    return Math.min(parameters, Math.ceilDiv(blocks, (long) workers) * VectorShards.BLOCK);
  }
}
