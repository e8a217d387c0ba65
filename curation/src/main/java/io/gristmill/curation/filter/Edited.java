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
 * @param removedWords words in what went, marks alone not counted
 */
public record Edited(String text, SortedMap<String, Integer> removed, long removedWords) {
  public Edited {
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }

  /** A text that nothing was taken out of. */
  public static Edited unchanged(String text) {
    return new Edited(text, new TreeMap<>(), 0);
  }

  /** This after one more edit: its text, and the counts of both. */
  public Edited then(Edited next) {
    var sums = new TreeMap<String, Integer>(removed);
    Map<String, Integer> more = next.removed;
    more.forEach((reason, count) -> sums.merge(reason, count, Integer::sum));
    return new Edited(next.text, sums, removedWords + next.removedWords);
  }

  /** The share of the text before that a reason took; 0 if none. */
  public double removedShare(String reason) {
    long gone = removed.values().stream().mapToLong(Integer::longValue).sum();
    return gone == 0
        ? 0
        : removed.getOrDefault(reason, 0) / (double) (text.codePointCount(0, text.length()) + gone);
  }

  /**
   * The share of its words that the text lost (RefinedWeb's word removal ratio); 0 when it lost
   * none.
   *
   * @param words words of what stays, the signal {@code words}
   */
  public double wordRemovalShare(double words) {
    return removedWords == 0 ? 0 : removedWords / (words + removedWords);
  }
}
