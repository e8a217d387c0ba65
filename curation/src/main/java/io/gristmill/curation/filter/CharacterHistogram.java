package io.gristmill.curation.filter;

/**
 * How often each code point of a text occurs: ASCII in a table, others in open addressing, so that
 * it stays small for a text of few different ones.
 */
final class CharacterHistogram {
  private static final int ASCII = 0x80;

  private final int[] ascii = new int[ASCII];
  private int[] codePoints = new int[128]; // 0 marks an empty slot: it is ASCII
  private int[] counts = new int[codePoints.length];
  private int others;
  private int distinct;

  /** Takes code points with their counts. */
  interface Occurrences {
    void add(int codePoint, int count);
  }

  void add(int codePoint) {
    if (codePoint < ASCII) {
      distinct += ascii[codePoint]++ == 0 ? 1 : 0;
      return;
    }
    int slot = slot(codePoint);
    if (codePoints[slot] == 0) {
      if (2 * ++others > codePoints.length) {
        grow();
        slot = slot(codePoint);
      }
      codePoints[slot] = codePoint;
      distinct++;
    }
    counts[slot]++;
  }

  /** How many different ones there are. */
  int distinct() {
    return distinct;
  }

  /** Each different one with its number of occurrences, in an order that the text alone decides. */
  void forEach(Occurrences occurrences) {
    for (int codePoint = 0; codePoint < ASCII; codePoint++) {
      if (ascii[codePoint] > 0) {
        occurrences.add(codePoint, ascii[codePoint]);
      }
    }
    for (int slot = 0; slot < codePoints.length; slot++) {
      if (codePoints[slot] != 0) {
        occurrences.add(codePoints[slot], counts[slot]);
      }
    }
  }

  private int slot(int codePoint) {
    int mask = codePoints.length - 1;
    int slot = ((codePoint * 0x9E3779B1) >>> 15) & mask;
    while (codePoints[slot] != 0 && codePoints[slot] != codePoint) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] from = codePoints;
    int[] occurrences = counts;
    codePoints = new int[2 * from.length];
    counts = new int[codePoints.length];
    for (int at = 0; at < from.length; at++) {
      if (from[at] != 0) {
        int slot = slot(from[at]);
        codePoints[slot] = from[at];
        counts[slot] = occurrences[at];
      }
    }
  }
}
