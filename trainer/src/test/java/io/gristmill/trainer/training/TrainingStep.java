package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.model.Workspace;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The step of {@link TrainingLoop} on one worker without its files: threads that take slots, the
 * tree that sums them, clipping to norm 1 and AdamW. For benchmarks.
 */
public final class TrainingStep implements AutoCloseable {
  private final Llama model;
  private final Tensors parameters;
  private final ThreadTeam team;
  private final List<Workspace> workspaces;
  private final SlotTree tree;
  private final Update update;
  private final int slots;
  private long step;

  /**
   * @param parameters updated in place
   * @param slots micro-batches of a step, a power of two
   * @param sequences of a micro-batch, each of {@code length} tokens
   */
  public TrainingStep(
      Llama model, Tensors parameters, int threads, int slots, int sequences, int length) {
    this.model = model;
    this.parameters = parameters;
    this.slots = slots;
    team = new ThreadTeam(threads);
    workspaces = Stream.generate(() -> model.workspace(sequences, length)).limit(threads).toList();
    tree = new SlotTree(model.layout(), slots);
    var shards = new VectorShards(model.layout().size(), 1);
    var optimizer = new AdamW(AdamWConfig.defaults(), model.layout(), model.kernels());
    update = new Update(Group.alone(), team, model.kernels(), List.of(optimizer), shards, 1);
  }

  /**
   * One update by the mean loss of all micro-batches.
   *
   * @param batches one for each slot
   * @return that loss, in nats per token
   */
  public double run(List<Batch> batches, double learningRate) throws IOException {
    step++;
    SlotLosses losses = SlotLosses.of(slots);
    team.run(slots, (thread, slot) -> compute(batches.get(slot), slot, thread, losses));
    Tensors gradients = tree.root();
    Update.Outcome outcome = update.reduce(gradients, losses, step);
    update.apply(parameters, gradients, outcome, learningRate, step);
    tree.release(gradients);
    return outcome.loss();
  }

  private void compute(Batch batch, int slot, int thread, SlotLosses losses) {
    Tensors gradients = tree.lease();
    losses.nats()[slot] =
        model.lossAndGradient(parameters, batch, 1f, gradients, workspaces.get(thread));
    losses.targets()[slot] = batch.targetCount();
    tree.arrive(slot, gradients);
  }

  @Override
  public void close() {
    team.close();
  }
}
