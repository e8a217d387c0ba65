package io.gristmill.trainer.training;

import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.data.ValidationBatches;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.model.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the held-out loss of each domain and language, the work divided among workers and
 * threads. Unit u belongs to worker u mod W; units are summed by a tree over their numbers, so the
 * result is the same bits for any division.
 */
final class HeldOutLoss {
  private static final int ENTRY_BYTES = 3 * Long.BYTES;

  private final Llama model;
  private final ValidationBatches batches;
  private final Group group;
  private final ThreadTeam team;
  private final List<Desk> desks;

  HeldOutLoss(
      Llama model, ValidationBatches batches, Group group, ThreadTeam team, List<Desk> desks) {
    this.model = model;
    this.batches = batches;
    this.group = group;
    this.team = team;
    this.desks = desks;
  }

  /** What this worker's n-th unit comes to. */
  private interface UnitLoss {
    double nats(int n, Batch batch, Workspace workspace);
  }

  /** The losses of these parameters, on every worker. */
  Validation measure(Tensors parameters, long step) throws IOException {
    return measure((n, batch, workspace) -> model.loss(parameters, batch, workspace), step);
  }

  /**
   * The sums of max(loss - reference loss, 0) over the tokens of each group, on every worker.
   *
   * @param reference as {@link #tokenLosses} gives it for another model and the same batches
   */
  Validation excess(Tensors parameters, float[][] reference, long step) throws IOException {
    return measure(
        (n, batch, workspace) ->
            excess(model.tokenLosses(parameters, batch, workspace), reference[n]),
        step);
  }

  private static double excess(float[] losses, float[] reference) {
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += Math.max(0, (double) losses[i] - reference[i]);
    }
    return sum;
  }

  /** The loss of every token of this worker's units, in nats. */
  float[][] tokenLosses(Tensors parameters) throws IOException {
    List<ValidationBatches.Unit> units = batches.units();
    float[][] losses = new float[mine(units)][];
    team.run(
        losses.length,
        (thread, n) -> {
          Desk desk = desks.get(thread);
          Batch batch = batches.read(unit(units, n), desk.buffer()).batch();
          losses[n] = model.tokenLosses(parameters, batch, desk.workspace());
        });
    return losses;
  }

  private int mine(List<ValidationBatches.Unit> units) {
    return (units.size() - group.rank() + group.size() - 1) / group.size();
  }

  private ValidationBatches.Unit unit(List<ValidationBatches.Unit> units, int n) {
    return units.get(n * group.size() + group.rank());
  }

  private Validation measure(UnitLoss loss, long step) throws IOException {
    List<ValidationBatches.Unit> units = batches.units();
    int mine = mine(units);
    ByteBuffer results = ByteBuffer.allocate(mine * ENTRY_BYTES);
    team.run(
        mine,
        (thread, n) -> {
          Desk desk = desks.get(thread);
          ValidationBatches.Held held = batches.read(unit(units, n), desk.buffer());
          double nats = loss.nats(n, held.batch(), desk.workspace());
          results
              .putDouble(n * ENTRY_BYTES, nats)
              .putLong(n * ENTRY_BYTES + Long.BYTES, held.targets())
              .putLong(n * ENTRY_BYTES + 2 * Long.BYTES, held.bytes());
        });
    return sum(units, group.allGather(results.array(), step), step);
  }

  private Validation sum(List<ValidationBatches.Unit> units, List<byte[]> results, long step) {
    List<GroupLoss> losses = new ArrayList<>();
    int unit = 0;
    for (int g = 0; g < batches.groups().size(); g++) {
      double[] nats = new double[units.size()];
      int count = 0;
      long tokens = 0;
      long bytes = 0;
      while (unit < units.size() && units.get(unit).group() == g) {
        ByteBuffer entry =
            ByteBuffer.wrap(
                results.get(unit % group.size()), unit / group.size() * ENTRY_BYTES, ENTRY_BYTES);
        nats[count++] = entry.getDouble();
        tokens += entry.getLong();
        bytes += entry.getLong();
        unit++;
      }
      ShardGroup held = batches.groups().get(g);
      losses.add(
          new GroupLoss(
              held.domain(),
              held.language(),
              TreeSum.of(Arrays.copyOf(nats, count)),
              tokens,
              bytes));
    }
    return new Validation(step, losses);
  }
}
