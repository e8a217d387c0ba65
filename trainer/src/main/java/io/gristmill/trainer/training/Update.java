package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.optimizer.GradientNorm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One update of all parameters by all workers: gradients are summed between the workers, each
 * updates the shard it owns, and the parameters return to all.
 */
final class Update implements ModelUpdate {
  private final Group group;
  private final ThreadTeam team;
  private final Kernels kernels;
  private final ShardOptimizer optimizer;
  private final VectorShards shards;
  private final GradientSum sum;
  private final ParameterReturn parameterReturn;
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
      GradientSum sum,
      ParameterReturn parameterReturn,
      double clip) {
    this.group = group;
    this.team = team;
    this.kernels = kernels;
    this.optimizer = optimizer;
    this.shards = shards;
    this.sum = sum;
    this.parameterReturn = parameterReturn;
    this.clip = clip;
  }

  @Override
  public void begin(Tensors parameters) {
    // Nothing: an update depends on the parameters before it alone.
  }

  /** Sums {@code gradients} over all workers, in place of this worker's shard. */
  @Override
  public StepOutcome reduce(Tensors gradients, SlotLosses losses, WorkerStep own, long step)
      throws IOException {
    sum.reduceScatter(gradients, step);
    double[] blocks = blockSums(gradients);
    StepMessages all = StepMessages.exchange(group, own, losses, blocks, step);
    double[] allBlocks = new double[shards.blocks()];
    for (int rank = 0; rank < group.size(); rank++) {
      int block = firstBlock(rank);
      for (double theirs : all.numbers().get(rank)) {
        allBlocks[block++] = theirs;
      }
    }
    double norm = Math.sqrt(TreeSum.of(allBlocks)) / all.tokens();
    return new StepOutcome(all.loss(), norm, all.tokens(), all.brokenSlots(), all.workers());
  }

  @Override
  public void apply(
      Tensors parameters,
      Tensors gradients,
      StepOutcome outcome,
      double learningRate,
      long step,
      long updates)
      throws IOException {
    float scale = (float) (GradientNorm.clip(outcome.gradientNorm(), clip) / outcome.tokens());
    parameterReturn.begin(parameters);
    optimizer.apply(parameters, gradients, step, updates, learningRate, scale);
    parameterReturn.run(parameters, gradients, step);
  }

  @Override
  public boolean agreesAfter(long step) {
    return true;
  }

  @Override
  public List<StateFile> files() {
    List<StateFile> files = new ArrayList<>(Moments.sharded(optimizer.layout(), shards, optimizer));
    files.addAll(sum.files());
    return files;
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
}
