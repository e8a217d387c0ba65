package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.CollectiveException;
import io.gristmill.trainer.data.TrainingBatches;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Dropout;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Computes the gradients of a worker's slots, one slot a thread, and sums them by their tree. */
final class SlotGradients {
  private final Llama model;
  private final TrainingBatches batches;
  private final ThreadTeam team;
  private final List<Desk> desks;
  private final int firstSlot;
  private final int slots;
  private final SlotTree tree;
  private final double dropout;
  private final float zLoss;
  private final long seed;
  private final BooleanSupplier cancelled;

  /**
   * @param trainer whose dropout and seed the masks follow, and whose z-loss counts in gradients
   * @param firstSlot of this worker
   * @param slots of this worker, a power of two that divides {@code firstSlot}
   */
  SlotGradients(
      Llama model,
      TrainerConfig trainer,
      TrainingBatches batches,
      ThreadTeam team,
      List<Desk> desks,
      int firstSlot,
      int slots,
      BooleanSupplier cancelled) {
    this.model = model;
    this.batches = batches;
    this.team = team;
    this.desks = desks;
    this.firstSlot = firstSlot;
    this.slots = slots;
    this.tree = new SlotTree(model.layout(), slots);
    this.dropout = trainer.dropout();
    this.zLoss = (float) trainer.zLoss();
    this.seed = trainer.seed();
    this.cancelled = cancelled;
  }

  /**
   * The gradient of the summed loss of this worker's slots; give it back by {@link #release}.
   *
   * @param step from 0
   * @param number of the batch, which is the step but where another batch takes its place
   * @param losses output, one entry for each slot of this worker
   */
  Tensors sum(Tensors parameters, long step, long number, SlotLosses losses) throws IOException {
    team.run(
        slots,
        (thread, slot) -> compute(parameters, step, number, slot, desks.get(thread), losses));
    return tree.root();
  }

  void release(Tensors sum) {
    tree.release(sum);
  }

  private void compute(
      Tensors parameters, long step, long number, int slot, Desk desk, SlotLosses losses)
      throws IOException {
    Tensors gradients = tree.lease();
    double nats = 0;
    long targets = 0;
    for (int micro = 0; micro < batches.microBatches(); micro++) {
      if (cancelled.getAsBoolean()) {
        throw new CollectiveException("asked to stop in step %d".formatted(step + 1));
      }
      Batch batch = batches.read(number, firstSlot + slot, micro, desk.buffer());
      var drop = new Dropout(dropout, seed, step, firstSlot + slot, micro);
      nats +=
          model.lossAndGradient(parameters, batch, 1f, zLoss, gradients, desk.workspace(), drop);
      targets += batch.targetCount();
    }
    losses.nats()[slot] = nats;
    losses.targets()[slot] = targets;
    tree.arrive(slot, gradients);
  }
}
