package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.optimizer.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The update after a round of local steps. With the parameters a at the begin of the round and p of
 * worker w at its end, of W workers, momentum m, µ and rate r:
 *
 * <pre>
 * g = Σ (a - p of w) / W        the outer gradient
 * m ← µ m + g
 * p ← a - r (g + µ m)           Nesterov, as torch.optim.SGD has it
 * </pre>
 *
 * Each worker updates its shard, whose momentum it alone has, and the parameters return to all.
 *
 * @see <a href="https://arxiv.org/abs/2311.08105">Douillard et al. 2023, algorithm 1</a>
 */
final class OuterStep {
  private final Group group;
  private final ThreadTeam team;
  private final GradientSum sum;
  private final VectorShards shards;
  private final ParameterLayout layout;
  private final float rate;
  private final float momentum;
  private final Tensors begin; // a
  private final List<ShardOptimizer.Slice> momenta;

  OuterStep(
      Group group,
      ThreadTeam team,
      VectorShards shards,
      ParameterLayout layout,
      ExchangeConfig config) {
    this.group = group;
    this.team = team;
    this.shards = shards;
    this.layout = layout;
    this.sum = new GradientSum(group, config.compression(), layout);
    this.rate = (float) config.outerLearningRate();
    this.momentum = (float) config.outerMomentum();
    this.begin = Tensors.zeros(layout);
    this.momenta = ShardOptimizer.Slice.zeros(layout, shards.shard(group.rank()));
  }

  /** A round begins at these parameters. */
  void begin(Tensors parameters) {
    for (int tensor = 0; tensor < layout.tensors().size(); tensor++) {
      float[] from = parameters.of(tensor);
      System.arraycopy(from, 0, begin.of(tensor), 0, from.length);
    }
  }

  /**
   * Ends a round, and begins the next.
   *
   * @param parameters this worker's, and afterwards all workers'
   * @param buffer of the same shape; holds other things afterwards
   */
  void apply(Tensors parameters, Tensors buffer, long step) throws IOException {
    team.run(
        layout.tensors().size(),
        (thread, tensor) -> subtract(begin.of(tensor), parameters.of(tensor), buffer.of(tensor)));
    sum.reduceScatter(buffer, step);
    team.run(momenta.size(), (thread, slice) -> update(momenta.get(slice), parameters, buffer));
    group.allGather(new TensorVector(parameters), step);
    begin(parameters);
  }

  private static void subtract(float[] from, float[] what, float[] difference) {
    for (int i = 0; i < difference.length; i++) {
      difference[i] = from[i] - what[i];
    }
  }

  private void update(ShardOptimizer.Slice slice, Tensors parameters, Tensors sums) {
    Segment segment = slice.segment();
    float[] before = begin.of(segment.tensor());
    float[] after = parameters.of(segment.tensor());
    float[] summed = sums.of(segment.tensor());
    float[] m = slice.values();
    float share = 1f / group.size(); // exact: W is a power of two
    for (int i = 0; i < m.length; i++) {
      int at = segment.offset() + i;
      float gradient = summed[at] * share;
      m[i] = momentum * m[i] + gradient;
      after[at] = before[at] - rate * (gradient + momentum * m[i]);
    }
  }

  /** The momentum, of which every worker has its shard, and errors of compression. */
  List<StateFile> files() {
    List<StateFile> files = new ArrayList<>();
    files.add(
        StateFile.sharded(
            "optimizer-outer-momentum" + Moments.EXTENSION,
            layout,
            shards,
            tensor -> true,
            new SliceVector(layout, momenta)));
    files.addAll(sum.files());
    return files;
  }

  /** Bytes that a worker keeps: its shard of the momentum, and the parameters of the begin. */
  static long bytes(ParameterLayout layout, int workers) {
    return Float.BYTES * (layout.size() + layout.size() / workers);
  }
}
