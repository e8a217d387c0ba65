package io.gristmill.curation.decontamination;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of an evaluation set can be checked: items = checked + those that cannot be, by reason.
 *
 * @param uncheckable number of items by {@link Checkability.Unchecked}
 * @param examples the first ids of these
 */
record EvaluationSet(
    String name,
    long items,
    long checked,
    SortedMap<String, Long> uncheckable,
    List<String> examples) {
  private static final int EXAMPLES = 20;

  EvaluationSet {
    uncheckable = new TreeMap<>(uncheckable);
    examples = List.copyOf(examples);
  }

  /** Counts the items of one set. */
  static final class Counting {
    private final String name;
    private final SortedMap<String, Long> uncheckable = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private long items;

    Counting(String name) {
      this.name = name;
    }

    void add(EvaluationItem item, Checkability checkability) {
      items++;
      if (checkability instanceof Checkability.Unchecked unchecked) {
        uncheckable.merge(unchecked.key(), 1L, Long::sum);
        if (examples.size() < EXAMPLES) {
          examples.add(item.id());
        }
      }
    }

    EvaluationSet counted() {
      long unchecked = uncheckable.values().stream().mapToLong(Long::longValue).sum();
      return new EvaluationSet(name, items, items - unchecked, uncheckable, examples);
    }
  }
}
