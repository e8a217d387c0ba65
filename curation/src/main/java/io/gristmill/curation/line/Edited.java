package io.gristmill.curation.line;

import java.util.Map;

/**
 * A text after its edits.
 *
 * @param text what stays
 * @param characters of the text before (code points)
 * @param removed removed characters (code points, line ends included) by reason
 * @param removedWords words that are not marks alone in what was removed
 */
public record Edited(String text, long characters, Map<String, Long> removed, long removedWords) {
  public Edited {
    removed = Map.copyOf(removed);
  }

  /** The share of the text before that a reason took; 0 of an empty text. */
  public double removedShare(String reason) {
    return characters == 0 ? 0 : (double) removed.getOrDefault(reason, 0L) / characters;
  }

  /**
   * The share of its words that the text lost (RefinedWeb's word removal ratio); 0 when it lost none.
   *
   * @param words words of what stays, the signal {@code words}
   */
  public double wordRemovalShare(double words) {
    return removedWords == 0 ? 0 : removedWords / (words + removedWords);
  }
}
