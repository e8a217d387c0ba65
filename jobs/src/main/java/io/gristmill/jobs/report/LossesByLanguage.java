package io.gristmill.jobs.report;

import io.gristmill.jobs.report.data.Funnel;
import io.gristmill.jobs.report.data.Funnel.Flow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger turned around: for each reason how many records of each language it took.
 *
 * @param losses what could not be read first, then by stage in the order of the ledger, the largest
 *     of a stage first
 * @param kept documents by language; empty where the ledger does not say
 */
record LossesByLanguage(List<Loss> losses, SortedMap<String, Long> kept) {
  /**
   * @param stage that found the reason, empty where the ledger does not say
   * @param failed whether the record could not be read, rather than was rejected
   * @param count as the totals of the ledger give it
   */
  record Loss(
      String reason,
      String stage,
      boolean failed,
      long count,
      SortedMap<String, Long> byLanguage) {}

  static LossesByLanguage of(Funnel funnel) {
    var stages = new ArrayList<String>();
    for (Flow flow : funnel.flows()) {
      if (!stages.contains(flow.stage())) {
        stages.add(flow.stage());
      }
    }
    var losses = new ArrayList<Loss>();
    funnel.failed().forEach((reason, count) -> losses.add(loss(funnel, reason, true, count)));
    funnel.rejected().forEach((reason, count) -> losses.add(loss(funnel, reason, false, count)));
    losses.sort(
        Comparator.<Loss>comparingInt(loss -> loss.failed() ? 0 : 1)
            .thenComparingInt(loss -> stages.indexOf(loss.stage()))
            .thenComparing(Comparator.comparingLong(Loss::count).reversed())
            .thenComparing(Loss::reason));
    return new LossesByLanguage(losses, kept(funnel, stages));
  }

  private static Loss loss(Funnel funnel, String reason, boolean failed, long count) {
    var byLanguage = new TreeMap<String, Long>(Languages.ORDER);
    String stage = "";
    for (Flow flow : funnel.flows()) {
      long taken = (failed ? flow.failed() : flow.rejected()).getOrDefault(reason, 0L);
      if (taken > 0) {
        stage = stage.isEmpty() ? flow.stage() : stage;
        byLanguage.merge(flow.language(), taken, Long::sum);
      }
    }
    return new Loss(reason, stage, failed, count, byLanguage);
  }

  /** What the last stage kept is what the curation kept. */
  private static SortedMap<String, Long> kept(Funnel funnel, List<String> stages) {
    var kept = new TreeMap<String, Long>(Languages.ORDER);
    for (Flow flow : funnel.flows()) {
      if (flow.stage().equals(stages.getLast()) && flow.kept() > 0) {
        kept.merge(flow.language(), flow.kept(), Long::sum);
      }
    }
    return kept;
  }

  /** All languages, in the order of their colours. */
  List<String> languages() {
    return List.copyOf(totals().keySet());
  }

  /** The languages with the most records, the largest first. */
  List<String> largest(int most) {
    return totals().entrySet().stream()
        .sorted(
            Comparator.comparing(Map.Entry<String, Long>::getValue)
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private SortedMap<String, Long> totals() {
    var totals = new TreeMap<String, Long>(Languages.ORDER);
    totals.putAll(kept);
    losses.forEach(
        loss -> loss.byLanguage().forEach((tag, count) -> totals.merge(tag, count, Long::sum)));
    return totals;
  }
}
