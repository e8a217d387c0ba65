package io.gristmill.curation.line;

import java.util.Map;

/**
 * A text after its edits.
 *
 * @param text what stays
 * @param removed removed characters (code points, line ends included) by reason
 * @param removedWords words that are not marks alone in what was removed
 */
public record Edited(String text, Map<String, Long> removed, long removedWords) {
  public Edited {
    removed = Map.copyOf(removed);
  }

  /**
   * The share of its words that the text lost (RefinedWeb's word removal ratio); 1 when none is
   * left of some, 0 of none.
   *
   * @param words words of what stays, the signal {@code words}
   */
  public double wordRemovalShare(double words) {
    return removedWords == 0 ? 0 : removedWords / (words + removedWords);
  }
}
