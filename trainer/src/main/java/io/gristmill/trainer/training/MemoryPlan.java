package io.gristmill.trainer.training;

import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Workspace;

/**
 * The large arrays of one worker, known before any of them is made. All sizes in bytes.
 *
 * @param parameters the model
 * @param gradients buffers for the slots in work, and one for each level of their tree
 * @param optimizer two moments of the shard of the parameters that the worker owns
 * @param activations what forward keeps for backward, packed operands and a block of logits, of all
 *     threads
 */
public record MemoryPlan(long parameters, long gradients, long optimizer, long activations) {
  private static final double MOST_OF_THE_HEAP = 0.85;
  private static final double MEBI = 1 << 20;
  private static final double GIBI = 1 << 30;

  /** The plan of one of {@code workers} workers with {@code threads} threads. */
  public static MemoryPlan of(TrainingRun run, int sequenceLength, int workers, int threads) {
    return of(run.model(), run.trainer(), sequenceLength, workers, threads);
  }

  /** The plan for a model and a trainer before the rest of a run is known. */
  public static MemoryPlan of(
      ModelConfig model, TrainerConfig trainer, int sequenceLength, int workers, int threads) {
    long parameters = Float.BYTES * ParameterLayout.of(model).size();
    int slots = Math.max(1, trainer.slots() / workers);
    int levels = Integer.numberOfTrailingZeros(Integer.highestOneBit(slots));
    int buffers = Math.min(slots, Math.min(threads, slots) + levels);
    return new MemoryPlan(
        parameters,
        buffers * parameters,
        2 * parameters / workers,
        threads
            * (Workspace.bytes(model, trainer.microBatch(), sequenceLength)
                + Workspace.operandBytes(
                    trainer.precision(), model, trainer.microBatch(), sequenceLength)));
  }

  /** The sum. */
  public long total() {
    return parameters + gradients + optimizer + activations;
  }

  /** The sum and its parts, for a person. */
  public String description() {
    return "%s a worker: parameters %s, gradients %s, optimizer %s, activations %s"
        .formatted(
            size(total()), size(parameters), size(gradients), size(optimizer), size(activations));
  }

  /**
   * Checks the plan against a process.
   *
   * @param heap bytes that its Java may use
   * @param workers how many workers run in it
   * @throws IllegalArgumentException saying how much it needs and what to change
   */
  public void requireFits(long heap, int workers) {
    long needed = (long) (workers * total() / MOST_OF_THE_HEAP);
    if (needed > heap) {
      throw new IllegalArgumentException(
          "training needs a heap of %s for %d %s in one process (%s), but it is %s; pass --executor-memory %dg (on one machine --driver-memory %dg), or lower pretrain.micro-batch, workers.threads or the model's sizes"
              .formatted(
                  size(needed),
                  workers,
                  workers == 1 ? "worker" : "workers",
                  description(),
                  size(heap),
                  (long) Math.ceil(needed / GIBI),
                  (long) Math.ceil(needed / GIBI)));
    }
  }

  private static String size(long bytes) {
    return bytes >= GIBI
        ? "%.1f GiB".formatted(bytes / GIBI)
        : "%.0f MiB".formatted(Math.max(1, bytes / MEBI));
  }
}
