package io.gristmill.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Held-out losses after {@code step} updates, one per domain and language.
 *
 * @param groups in the order of shards.json
 */
public record Validation(long step, List<GroupLoss> groups) {
  public Validation {
    groups = List.copyOf(groups);
  }

  /** Sums per language, sorted by language; the domain is {@code *} where there are several. */
  public List<GroupLoss> languages() {
    SortedMap<String, GroupLoss> sums = new TreeMap<>();
    for (GroupLoss group : groups) {
      sums.merge(group.language(), group, GroupLoss::plus);
    }
    return List.copyOf(sums.values());
  }

  /** The lowest losses per language of {@code before} and of this; the earlier one where equal. */
  public List<BestLoss> best(List<BestLoss> before) {
    SortedMap<String, BestLoss> best = new TreeMap<>();
    before.forEach(loss -> best.put(loss.language(), loss));
    for (GroupLoss loss : languages()) {
      var now = new BestLoss(loss.language(), step, loss.natsPerToken(), loss.bitsPerByte());
      best.merge(
          loss.language(),
          now,
          (old, next) -> next.natsPerToken() < old.natsPerToken() ? next : old);
    }
    return new ArrayList<>(best.values());
  }
}
