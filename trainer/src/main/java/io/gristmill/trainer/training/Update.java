package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.optimizer.GradientNorm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One update of all parameters by all workers: gradients are summed between the workers, each
 * updates the shard it owns, and the parameters return to all.
 */
final class Update {
  private final Group group;
  private final ThreadTeam team;
  private final Kernels kernels;
  private final ShardOptimizer optimizer;
  private final VectorShards shards;
  private final double clip;

  /**
   * @param optimizer of this worker's shard
   */
  Update(
      Group group,
      ThreadTeam team,
      Kernels kernels,
      ShardOptimizer optimizer,
      VectorShards shards,
      double clip) {
    this.group = group;
    this.team = team;
    this.kernels = kernels;
    this.optimizer = optimizer;
    this.shards = shards;
    this.clip = clip;
  }

  /**
   * What a step comes to.
   *
   * @param loss nats per token of the global batch
   * @param gradientNorm of the mean loss, before clipping
   * @param tokens of the global batch
   * @param brokenSlots of all workers, whose own loss is not finite
   * @param workers what each told of its part, by rank
   */
  record Outcome(
      double loss,
      double gradientNorm,
      long tokens,
      List<Integer> brokenSlots,
      List<WorkerStep> workers) {
    Outcome {
      brokenSlots = List.copyOf(brokenSlots);
      workers = List.copyOf(workers);
    }

    /** Whether any worker knows of such a wish: all learn of it in the same step. */
    boolean askedToStop() {
      return workers.stream().anyMatch(WorkerStep::asksToStop);
    }

    boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
  }

  /**
   * Sums {@code gradients} over all workers, in place of this worker's shard.
   *
   * @param own this worker's part
   * @param step from 1
   */
  Outcome reduce(Tensors gradients, SlotLosses losses, WorkerStep own, long step)
      throws IOException {
    group.reduceScatter(new TensorVector(gradients), step);
    double[] blocks = blockSums(gradients);
    List<byte[]> messages = group.allGather(message(own, losses, blocks), step);
    List<WorkerStep> workers = new ArrayList<>();
    int slots = losses.nats().length;
    double[] nats = new double[slots * group.size()];
    long tokens = 0;
    double[] allBlocks = new double[shards.blocks()];
    for (int rank = 0; rank < group.size(); rank++) {
      ByteBuffer message = ByteBuffer.wrap(messages.get(rank));
      workers.add(new WorkerStep(message.getDouble(), message.get() != 0));
      for (int slot = 0; slot < slots; slot++) {
        nats[rank * slots + slot] = message.getDouble();
        tokens += message.getLong();
      }
      for (int block = firstBlock(rank); message.hasRemaining(); block++) {
        allBlocks[block] = message.getDouble();
      }
    }
    double norm = Math.sqrt(TreeSum.of(allBlocks)) / tokens;
    List<Integer> broken =
        IntStream.range(0, nats.length)
            .filter(slot -> !Double.isFinite(nats[slot]))
            .boxed()
            .toList();
    return new Outcome(TreeSum.of(nats) / tokens, norm, tokens, broken, workers);
  }

  /**
   * Updates the parameters of all workers; {@code gradients} hold other things afterwards.
   *
   * @param updates made so far, this one included; fewer than steps where some were skipped
   */
  void apply(
      Tensors parameters,
      Tensors gradients,
      Outcome outcome,
      double learningRate,
      long step,
      long updates)
      throws IOException {
    float scale = (float) (GradientNorm.clip(outcome.gradientNorm(), clip) / outcome.tokens());
    optimizer.apply(parameters, gradients, step, updates, learningRate, scale);
    group.allGather(new TensorVector(parameters), step);
  }

  private double[] blockSums(Tensors gradients) throws IOException {
    int first = firstBlock(group.rank());
    VectorShards.Range shard = shards.shard(group.rank());
    int count = (int) Math.ceilDiv(shard.length(), (long) VectorShards.BLOCK);
    double[] sums = new double[count];
    team.run(
        count,
        (thread, block) ->
            sums[block] =
                GradientNorm.chunkSums(gradients, first + block, first + block + 1, kernels)[0]);
    return sums;
  }

  private int firstBlock(int rank) {
    return (int) (shards.shard(rank).from() / VectorShards.BLOCK);
  }

  private static byte[] message(WorkerStep own, SlotLosses losses, double[] blocks) {
    int slots = losses.nats().length;
    ByteBuffer buffer =
        ByteBuffer.allocate(WorkerStep.BYTES + (2 * slots + blocks.length) * Double.BYTES);
    buffer.putDouble(own.seconds()).put((byte) (own.asksToStop() ? 1 : 0));
    for (int slot = 0; slot < slots; slot++) {
      buffer.putDouble(losses.nats()[slot]).putLong(losses.targets()[slot]);
    }
    Arrays.stream(blocks).forEach(buffer::putDouble);
    return buffer.array();
  }
}
