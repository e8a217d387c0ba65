package io.gristmill.trainer.simulation;

/**
 * Where the seconds of a step go, on the worker that has most to do.
 *
 * @param compute forward and backward of its slots, and the sum of their gradients
 * @param waiting for the slowest worker
 * @param reduce gradients summed between the workers, as far as nothing hides it
 * @param messages losses and norms, from each worker to each
 * @param update clipping and AdamW of its share of the parameters
 * @param gather parameters of all shares to all workers
 */
public record StepParts(
    double compute, double waiting, double reduce, double messages, double update, double gather) {
  /** Seconds of the step. */
  public double total() {
    return compute + waiting + reduce + messages + update + gather;
  }
}
