package io.gristmill.curation.filter;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A text after parts were taken out.
 *
 * @param text what stays
 * @param removed code points that went, by reason; those of the column {@code removed}
 */
public record Edited(String text, SortedMap<String, Integer> removed) {
  public Edited {
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }

  /** A text that nothing was taken out of. */
  public static Edited unchanged(String text) {
    return new Edited(text, new TreeMap<>());
  }

  /** This after one more edit: its text, and the counts of both. */
  public Edited then(Edited next) {
    var sums = new TreeMap<String, Integer>(removed);
    Map<String, Integer> more = next.removed;
    more.forEach((reason, count) -> sums.merge(reason, count, Integer::sum));
    return new Edited(next.text, sums);
  }
}
