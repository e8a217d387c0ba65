package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.Muon;
import io.gristmill.trainer.optimizer.MuonConfig;
import io.gristmill.trainer.optimizer.NewtonSchulz;
import io.gristmill.trainer.optimizer.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What updates the shard of one worker: AdamW all of it, or Muon its parts of hidden matrices and
 * AdamW the rest.
 */
final class ShardOptimizer {
  /** Files of state that a checkpoint has room for: a first and a second moment. */
  static final int MOMENTS = 2;

  private final boolean muonIsOn;
  private final ParameterLayout layout;
  private final ThreadTeam team;
  private final AdamW adamW;
  private final Muon muon;
  private final WholeMatrices matrices;
  private final List<NewtonSchulz> work; // of each thread that may have a matrix

  /** State of one part of a tensor; {@code values} is not a copy. */
  @SuppressWarnings(
      "ArrayRecordComponent") // a view: copies of arrays this large are what it avoids
  record Slice(Segment segment, float[] values) {
    /** Zeros for every part of a shard. */
    static List<Slice> zeros(ParameterLayout layout, VectorShards.Range shard) {
      return segments(layout, shard).stream()
          .map(segment -> new Slice(segment, new float[segment.length()]))
          .toList();
    }
  }

  ShardOptimizer(
      AdamWConfig adamW,
      MuonConfig muon,
      Llama model,
      Group group,
      VectorShards shards,
      ThreadTeam team) {
    this.muonIsOn = muon.on();
    this.layout = model.layout();
    this.team = team;
    List<Segment> segments = segments(layout, shards.shard(group.rank()));
    List<Segment> byMuon = segments.stream().filter(part -> hasMuon(part.tensor())).toList();
    List<Segment> byAdamW = segments.stream().filter(part -> !hasMuon(part.tensor())).toList();
    this.adamW = new AdamW(adamW, layout, model.kernels(), byAdamW);
    this.muon = new Muon(muon, adamW.weightDecay(), layout, byMuon);
    this.matrices = new WholeMatrices(layout, group, shards);
    this.work = new ArrayList<>();
    if (muonIsOn) {
      for (int i = 0; i < Math.min(team.size(), matrices.owned().size()); i++) {
        work.add(new NewtonSchulz(model.kernels(), layout.hiddenMatrices()));
      }
    }
  }

  /** The parts of tensors in a shard; none in an empty one. */
  static List<Segment> segments(ParameterLayout layout, VectorShards.Range shard) {
    return shard.length() == 0 ? List.of() : Segment.of(layout, shard.from(), shard.to());
  }

  ParameterLayout layout() {
    return layout;
  }

  private boolean hasMuon(int tensor) {
    return muonIsOn && layout.isHiddenMatrix(tensor);
  }

  /**
   * Updates this worker's shard of the parameters.
   *
   * @param gradients summed over all workers in this shard; hold other things afterwards
   * @param updates made so far, this one included: the moments' bias depends on them
   * @param scale what gradients are multiplied by: clipping times 1 / tokens
   */
  void apply(
      Tensors parameters,
      Tensors gradients,
      long step,
      long updates,
      double learningRate,
      float scale)
      throws IOException {
    team.run(
        adamW.segments().size(),
        (thread, segment) ->
            adamW.update(segment, parameters, gradients, updates, learningRate, scale));
    if (!muonIsOn) {
      return;
    }
    int parts = muon.segments().size();
    team.run(parts, (thread, segment) -> muon.direct(segment, gradients, scale));
    matrices.collect(gradients, step);
    List<Integer> owned = matrices.owned();
    team.run(
        owned.size(),
        (thread, matrix) -> muon.orthogonalize(owned.get(matrix), gradients, work.get(thread)));
    matrices.giveBack(gradients, step);
    team.run(parts, (thread, segment) -> muon.step(segment, parameters, gradients, learningRate));
  }

  /** Whether a tensor has this moment: the first is also Muon's momentum, the second AdamW's. */
  boolean hasMoment(int moment, int tensor) {
    return moment == 0 || !hasMuon(tensor);
  }

  /** One moment of this worker's shard, in the flat order. */
  List<Slice> slices(int moment) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < adamW.segments().size(); i++) {
      slices.add(
          new Slice(
              adamW.segments().get(i), moment == 0 ? adamW.firstMoment(i) : adamW.secondMoment(i)));
    }
    if (moment == 0) {
      for (int i = 0; i < muon.segments().size(); i++) {
        slices.add(new Slice(muon.segments().get(i), muon.momentum(i)));
      }
    }
    return slices;
  }

  /**
   * Bytes that the worker with most of them takes: state, and what its threads compute with.
   *
   * @param threads of a worker
   */
  static long bytes(ParameterLayout layout, MuonConfig muon, int workers, int threads) {
    if (!muon.on()) {
      return MOMENTS * Float.BYTES * layout.size() / workers;
    }
    var shards = new VectorShards(layout.size(), workers);
    long most = 0;
    for (int rank = 0; rank < workers; rank++) {
      VectorShards.Range shard = shards.shard(rank);
      if (shard.length() > 0) {
        long elements =
            Segment.of(layout, shard.from(), shard.to()).stream()
                .mapToLong(part -> (layout.isHiddenMatrix(part.tensor()) ? 1L : 2L) * part.length())
                .sum();
        int computing = Math.min(threads, WholeMatrices.count(layout, shards, rank));
        most = Math.max(most, Float.BYTES * elements + computing * NewtonSchulz.bytes(layout));
      }
    }
    return most;
  }
}
