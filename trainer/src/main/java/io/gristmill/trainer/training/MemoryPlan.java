package io.gristmill.trainer.training;

import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Workspace;
import io.gristmill.trainer.optimizer.MuonConfig;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * The large arrays of one worker, known before any of them is made. All sizes in bytes.
 *
 * @param parameters the model
 * @param gradients buffers for the slots in work, and one for each level of their tree
 * @param optimizer moments of the shard of the parameters that the worker owns: two, or one for
 *     hidden matrices by Muon, and what its threads compute with
 * @param activations what forward keeps for backward, packed operands and a block of logits, of all
 *     threads
 * @param reference weights and activations of the model that online mixing compares with, which is
 *     measured before parameters, gradients and optimizer are made; 0 without one
 * @param exchange what compression or local steps keep beside these; 0 in the usual run
 */
public record MemoryPlan(
    long parameters,
    long gradients,
    long optimizer,
    long activations,
    long reference,
    long exchange) {
  private static final double MOST_OF_THE_HEAP = 0.85;
  private static final double MEBI = 1 << 20;
  private static final double GIBI = 1 << 30;

  /**
   * The plan of one of {@code workers} workers with {@code threads} threads.
   *
   * @throws IOException if the model that online mixing compares with cannot be read
   */
  public static MemoryPlan of(
      TrainingRun run, int sequenceLength, int workers, int threads, Configuration configuration)
      throws IOException {
    MemoryPlan own =
        of(
            run.model(),
            run.trainer(),
            run.muon(),
            run.exchange(),
            sequenceLength,
            workers,
            threads);
    if (!run.reference().given()) {
      return own;
    }
    ModelConfig reference = run.reference().config(configuration);
    return own.withReference(of(reference, run.trainer(), sequenceLength, workers, threads));
  }

  /** The plan for a model and a trainer before the rest of a run is known; AdamW alone. */
  public static MemoryPlan of(
      ModelConfig model, TrainerConfig trainer, int sequenceLength, int workers, int threads) {
    return of(
        model,
        trainer,
        MuonConfig.none(),
        ExchangeConfig.synchronous(),
        sequenceLength,
        workers,
        threads);
  }

  private static MemoryPlan of(
      ModelConfig model,
      TrainerConfig trainer,
      MuonConfig muon,
      ExchangeConfig exchange,
      int sequenceLength,
      int workers,
      int threads) {
    ParameterLayout layout = ParameterLayout.of(model);
    long parameters = Float.BYTES * layout.size();
    int slots = Math.max(1, trainer.slots() / workers);
    int levels = Integer.numberOfTrailingZeros(Integer.highestOneBit(slots));
    int buffers = Math.min(slots, Math.min(threads, slots) + levels);
    return new MemoryPlan(
        parameters,
        buffers * parameters,
        ShardOptimizer.bytes(layout, muon, exchange.trainsAlone() ? 1 : workers, threads),
        threads
            * (Workspace.bytes(model, trainer.microBatch(), sequenceLength, trainer.keep())
                + Workspace.operandBytes(
                    trainer.precision(), model, trainer.microBatch(), sequenceLength)),
        0,
        GradientSum.bytes(layout, exchange.compression())
            + (exchange.trainsAlone()
                ? OuterStep.bytes(layout, workers)
                : ParameterReturn.bytes(layout, exchange.compression(), workers)));
  }

  private MemoryPlan withReference(MemoryPlan other) {
    return new MemoryPlan(
        parameters,
        gradients,
        optimizer,
        activations,
        other.parameters + other.activations,
        exchange);
  }

  /** The most that is there at the same time. */
  public long total() {
    return activations + Math.max(parameters + gradients + optimizer + exchange, reference);
  }

  /** The sum and its parts, for a person. */
  public String description() {
    return "%s a worker: parameters %s, gradients %s, optimizer %s, %sactivations %s%s"
        .formatted(
            size(total()),
            size(parameters),
            size(gradients),
            size(optimizer),
            exchange == 0 ? "" : "exchange %s, ".formatted(size(exchange)),
            size(activations),
            reference == 0
                ? ""
                : "; before these the reference model %s".formatted(size(reference)));
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
          "training needs a heap of %s for %d %s in one process (%s), but it is %s; pass --executor-memory %dg (on one machine --driver-memory %dg), lower pretrain.micro-batch, workers.threads or the model's sizes, or set pretrain.recompute to true"
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
