package io.gristmill.curation.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where fixed phrases stand in a text, their Latin letters in any case. */
final class Phrases implements Finder {
  private final BitSet beginnings = new BitSet();
  private final Map<Integer, List<int[]>> byBeginning = new HashMap<>();

  Phrases(List<String> phrases) {
    Map<Integer, List<int[]>> found = new HashMap<>();
    for (String phrase : phrases) {
      int[] folded = phrase.codePoints().map(Phrases::folded).toArray();
      beginnings.set(folded[0]);
      if (folded[0] < 0x80) {
        beginnings.set(Character.toUpperCase(folded[0]));
      }
      found.computeIfAbsent(folded[0], first -> new ArrayList<>()).add(folded);
    }
    found.forEach(
        (first, list) ->
            byBeginning.put(
                first,
                list.stream()
                    .sorted(Comparator.comparingInt((int[] phrase) -> phrase.length).reversed())
                    .toList()));
  }

  /** The length of the longest phrase that begins at a position, 0 for none. */
  @Override
  public int lengthAt(int[] text, int at) {
    if (!beginnings.get(text[at])) {
      return 0;
    }
    for (int[] phrase : byBeginning.get(folded(text[at]))) {
      if (standsAt(phrase, text, at)) {
        return phrase.length;
      }
    }
    return 0;
  }

  @Override
  public BitSet beginnings() {
    return beginnings;
  }

  /** How many phrases stand in [from, to), none inside another. */
  int occurrences(int[] text, int from, int to) {
    int found = 0;
    int at = from;
    while (at < to) {
      int length = lengthAt(text, at);
      boolean inside = length > 0 && at + length <= to;
      found += inside ? 1 : 0;
      at += inside ? length : 1;
    }
    return found;
  }

  private static boolean standsAt(int[] phrase, int[] text, int at) {
    if (at + phrase.length > text.length) {
      return false;
    }
    for (int i = 1; i < phrase.length; i++) {
      if (phrase[i] != folded(text[at + i])) {
        return false;
      }
    }
    return true;
  }

  private static int folded(int codePoint) {
    return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
  }
}
