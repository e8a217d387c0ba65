package io.gristmill.trainer.training;

import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.data.ValidationBatches;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
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

  /** The losses of these parameters, on every worker. */
  Validation measure(Tensors parameters, long step) throws IOException {
    List<ValidationBatches.Unit> units = batches.units();
    int workers = group.size();
    int mine = (units.size() - group.rank() + workers - 1) / workers;
    ByteBuffer results = ByteBuffer.allocate(mine * ENTRY_BYTES);
    team.run(
        mine,
        (thread, n) -> {
          Desk desk = desks.get(thread);
          ValidationBatches.Held held =
              batches.read(units.get(n * workers + group.rank()), desk.buffer());
          double nats = model.loss(parameters, held.batch(), desk.workspace());
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
