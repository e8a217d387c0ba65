package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.optimizer.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the shards that workers have updated back to all of them: as they are, or, where sums are
 * compressed, what they have changed by, rounded to bfloat16. All add the same rounded change to
 * the same parameters, the owner too, so nothing is left over that would have to be remembered.
 */
final class ParameterReturn {
  private final Group group;
  private final ThreadTeam team;
  private final boolean rounds;
  private final List<ShardOptimizer.Slice> before; // this worker's shard
  private final List<Segment> others = new ArrayList<>();

  ParameterReturn(
      Group group,
      ThreadTeam team,
      VectorShards shards,
      ParameterLayout layout,
      Compression compression) {
    this.group = group;
    this.team = team;
    this.rounds = compression.on();
    this.before =
        rounds ? ShardOptimizer.Slice.zeros(layout, shards.shard(group.rank())) : List.of();
    for (int rank = 0; rounds && rank < group.size(); rank++) {
      if (rank != group.rank()) {
        others.addAll(ShardOptimizer.segments(layout, shards.shard(rank)));
      }
    }
  }

  /** This worker's shard is about to be updated. */
  void begin(Tensors parameters) {
    for (ShardOptimizer.Slice slice : before) {
      Segment segment = slice.segment();
      System.arraycopy(
          parameters.of(segment.tensor()), segment.offset(), slice.values(), 0, segment.length());
    }
  }

  /**
   * Every worker's shard has been updated.
   *
   * @param buffer of the same shape; holds other things afterwards
   */
  void run(Tensors parameters, Tensors buffer, long step) throws IOException {
    if (!rounds) {
      group.allGather(new TensorVector(parameters), step);
      return;
    }
    team.run(before.size(), (thread, i) -> round(before.get(i), parameters, buffer));
    group.allGatherBfloat16(new TensorVector(buffer), step);
    team.run(others.size(), (thread, i) -> add(others.get(i), parameters, buffer));
  }

  private static void round(ShardOptimizer.Slice slice, Tensors parameters, Tensors changes) {
    Segment segment = slice.segment();
    float[] parameter = parameters.of(segment.tensor());
    float[] change = changes.of(segment.tensor());
    float[] was = slice.values();
    for (int i = 0; i < was.length; i++) {
      int at = segment.offset() + i;
      change[at] = Compression.bfloat16(parameter[at] - was[i]);
      parameter[at] = was[i] + change[at];
    }
  }

  private static void add(Segment segment, Tensors parameters, Tensors changes) {
    float[] parameter = parameters.of(segment.tensor());
    float[] change = changes.of(segment.tensor());
    for (int i = segment.offset(); i < segment.offset() + segment.length(); i++) {
      parameter[i] += change[i];
    }
  }

  /** Bytes that a worker keeps: its shard as it was. */
  static long bytes(ParameterLayout layout, Compression compression, int workers) {
    return compression.on() ? Float.BYTES * layout.size() / workers : 0;
  }
}
