package io.gristmill.trainer.simulation;

import io.gristmill.trainer.model.ModelConfig;

/**
 * What the parts of a step cost one worker: all that a prediction for more workers knows of the
 * machine. In seconds.
 *
 * @param token forward and backward of one token on one thread, while the other threads compute too
 * @param touch of one float of the gradient buffers that a thread reads or writes
 * @param update gradient norm and AdamW of one parameter, by the whole worker
 * @param exchange of one float that a worker sends while it receives another: what the processor
 *     does for it, whatever the network
 * @param message of a few bytes that two workers send each other, beside the network's latency
 */
public record StepCosts(
    double token, double touch, double update, double exchange, double message) {
  /** Bytes that pass through memory where a parameter is updated: the norm reads 4, AdamW 28. */
  private static final double UPDATE_BYTES = 32;

  /** Bytes for a float each way: out of a tensor, to the kernel and back, added to a tensor. */
  private static final double EXCHANGE_BYTES = 28;

  private static final double MESSAGE = 30e-6;

  /** The costs of a node that is described by its speeds. */
  public static StepCosts given(Cluster cluster, ModelConfig model, int sequenceLength) {
    double bandwidth = 1e9 * cluster.memoryGigabytes();
    return new StepCosts(
        model.trainingFlopsPerToken(sequenceLength) / (1e9 * cluster.gigaflops()),
        Float.BYTES * cluster.cores() / bandwidth,
        UPDATE_BYTES / bandwidth,
        EXCHANGE_BYTES / bandwidth,
        MESSAGE);
  }

  /** The costs where so many threads share a core. */
  public StepCosts times(double threadsOfACore) {
    return new StepCosts(
        token * threadsOfACore,
        touch * threadsOfACore,
        update * threadsOfACore,
        exchange * threadsOfACore,
        message * threadsOfACore);
  }
}
