package io.gristmill.curation.line;

import java.util.SortedMap;
import java.util.TreeMap;

/** What was taken out so far: characters by reason, and words. */
final class Removed {
  private final SortedMap<String, Integer> characters = new TreeMap<>();
  private long words;

  void add(String reason, int[] text, int from, int to) {
    if (to > from) {
      characters.merge(reason, to - from, Integer::sum);
      words += Line.words(text, from, to);
    }
  }

  boolean nothing() {
    return characters.isEmpty();
  }

  SortedMap<String, Integer> characters() {
    return characters;
  }

  long words() {
    return words;
  }
}
