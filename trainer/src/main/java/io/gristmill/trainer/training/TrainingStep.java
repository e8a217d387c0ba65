package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.model.Workspace;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The step of {@link TrainingLoop} without its files: threads that take slots, the tree that sums
 * them, the exchange with the peers, clipping to norm 1 and AdamW. For measurements, which it keeps
 * of its last step.
 */
public final class TrainingStep implements AutoCloseable {
  private final Llama model;
  private final Tensors parameters;
  private final ThreadTeam team;
  private final List<Workspace> workspaces;
  private final SlotTree tree;
  private final ModelUpdate update;
  private final int slots;
  private final long[] computeNanos; // by thread, as summingNanos
  private final long[] summingNanos;
  private long step;
  private Times times = new Times(0, 0, 0, 0);

  /**
   * What the last step took.
   *
   * @param seconds by the clock on the wall
   * @param computeSeconds forward and backward, of all threads together
   * @param summingSeconds clearing and adding gradients, of all threads together
   * @param updateSeconds by the clock: exchange, gradient norm and AdamW
   */
  public record Times(
      double seconds, double computeSeconds, double summingSeconds, double updateSeconds) {}

  /**
   * The step of the only worker.
   *
   * @param parameters updated in place
   * @param slots micro-batches of a step, a power of two
   * @param sequences of a micro-batch, each of {@code length} tokens
   */
  public TrainingStep(
      Llama model, Tensors parameters, int threads, int slots, int sequences, int length) {
    this(Group.alone(), model, parameters, threads, slots, sequences, length);
  }

  /**
   * The step of one of a group's workers.
   *
   * @param slots of this worker
   */
  public TrainingStep(
      Group group,
      Llama model,
      Tensors parameters,
      int threads,
      int slots,
      int sequences,
      int length) {
    this(group, ExchangeConfig.synchronous(), model, parameters, threads, slots, sequences, length);
  }

  /**
   * The step of one of a group's workers that exchange in this way.
   *
   * @param parameters the same of all workers
   * @param slots of this worker
   */
  public TrainingStep(
      Group group,
      ExchangeConfig exchange,
      Llama model,
      Tensors parameters,
      int threads,
      int slots,
      int sequences,
      int length) {
    this.model = model;
    this.parameters = parameters;
    this.slots = slots;
    computeNanos = new long[threads];
    summingNanos = new long[threads];
    team = new ThreadTeam(threads);
    workspaces = Stream.generate(() -> model.workspace(sequences, length)).limit(threads).toList();
    tree = new SlotTree(model.layout(), slots);
    var rounds = new Rounds(exchange.localSteps(), 0, Long.MAX_VALUE);
    update =
        new Updates(AdamWConfig.defaults(), MuonConfig.none(), exchange, 1)
            .of(model, group, team, rounds);
    update.begin(parameters);
  }

  /**
   * One update by the mean loss of all micro-batches of all workers.
   *
   * @param batches one for each slot of this worker
   * @return that loss, in nats per token
   */
  public double run(List<Batch> batches, double learningRate) throws IOException {
    long begin = System.nanoTime();
    step++;
    SlotLosses losses = SlotLosses.of(slots);
    Arrays.fill(computeNanos, 0);
    Arrays.fill(summingNanos, 0);
    team.run(slots, (thread, slot) -> compute(batches.get(slot), slot, thread, losses));
    Tensors gradients = tree.root();
    long summed = System.nanoTime();
    var own = new WorkerStep((summed - begin) / 1e9, false);
    StepOutcome outcome = update.reduce(gradients, losses, own, step);
    update.apply(parameters, gradients, outcome, learningRate, step, step);
    tree.release(gradients);
    long end = System.nanoTime();
    times =
        new Times(
            (end - begin) / 1e9,
            LongStream.of(computeNanos).sum() / 1e9,
            LongStream.of(summingNanos).sum() / 1e9,
            (end - summed) / 1e9);
    return outcome.loss();
  }

  /** Of the last step. */
  public Times times() {
    return times;
  }

  private void compute(Batch batch, int slot, int thread, SlotLosses losses) {
    long begin = System.nanoTime();
    Tensors gradients = tree.lease();
    long cleared = System.nanoTime();
    losses.nats()[slot] =
        model.lossAndGradient(parameters, batch, 1f, gradients, workspaces.get(thread));
    losses.targets()[slot] = batch.targetCount();
    long computed = System.nanoTime();
    tree.arrive(slot, gradients);
    computeNanos[thread] += computed - cleared;
    summingNanos[thread] += cleared - begin + System.nanoTime() - computed;
  }

  @Override
  public void close() {
    team.close();
  }
}
