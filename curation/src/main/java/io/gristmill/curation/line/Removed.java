package io.gristmill.curation.line;

import java.util.HashMap;
import java.util.Map;

/** What was taken out so far: characters by reason, and words. */
final class Removed {
  private final Map<String, Long> characters = new HashMap<>();
  private long words;

  void add(String reason, int[] text, int from, int to) {
    if (to > from) {
      characters.merge(reason, (long) to - from, Long::sum);
      words += Line.words(text, from, to);
    }
  }

  boolean nothing() {
    return characters.isEmpty();
  }

  Map<String, Long> characters() {
    return characters;
  }

  long words() {
    return words;
  }
}
