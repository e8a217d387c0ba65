package io.gristmill.curation.filter;

import java.util.List;

/**
 * Looks for several things in one pass over a text. Most characters begin none of them, which one
 * look in a table tells.
 */
final class Search {
  private static final int BMP = 0x10000;

  private final List<Finder> finders;

  /** By code point, a bit for each of the finders that can begin with it. */
  private final byte[] beginnings = new byte[BMP];

  /**
   * @param finders at most eight
   */
  Search(Finder... finders) {
    if (finders.length > Byte.SIZE) {
      throw new IllegalArgumentException("a search has a bit for each of eight finders at most");
    }
    this.finders = List.of(finders);
    for (int i = 0; i < finders.length; i++) {
      byte bit = (byte) (1 << i);
      finders[i].beginnings().stream().forEach(codePoint -> beginnings[codePoint] |= bit);
    }
  }

  /**
   * What was found, by finder; of one finder none inside another.
   *
   * @param occurrences how many
   * @param covered code points in all of them
   */
  record Found(int[] occurrences, int[] covered) {
    int occurrences(int finder) {
      return occurrences[finder];
    }

    int covered(int finder) {
      return covered[finder];
    }
  }

  Found in(int[] text) {
    int[] next = new int[finders.size()];
    var found = new Found(new int[next.length], new int[next.length]);
    for (int at = 0; at < text.length; at++) {
      int possible = text[at] < BMP ? beginnings[text[at]] & 0xFF : 0;
      for (; possible != 0; possible &= possible - 1) {
        int finder = Integer.numberOfTrailingZeros(possible);
        int length = at < next[finder] ? 0 : finders.get(finder).lengthAt(text, at);
        if (length > 0) {
          found.occurrences[finder]++;
          found.covered[finder] += length;
          next[finder] = at + length;
        }
      }
    }
    return found;
  }
}
