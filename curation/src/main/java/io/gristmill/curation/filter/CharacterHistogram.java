package io.gristmill.curation.filter;

import java.util.Arrays;

/** How often each code point of a text occurs, in pages of the code space. */
final class CharacterHistogram {
  private static final int PAGE_BITS = 7;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int BMP_PAGES = 1 << (Character.SIZE - PAGE_BITS);
  private static final int ALL_PAGES = (Character.MAX_CODE_POINT + 1) >> PAGE_BITS;

  private int[][] pages = new int[BMP_PAGES][];
  private int distinct;

  /** Takes code points with their counts. */
  interface Occurrences {
    void add(int codePoint, int count);
  }

  void add(int codePoint) {
    if (codePoint > Character.MAX_VALUE && pages.length == BMP_PAGES) {
      pages = Arrays.copyOf(pages, ALL_PAGES);
    }
    int[] page = pages[codePoint >> PAGE_BITS];
    if (page == null) {
      page = new int[PAGE];
      pages[codePoint >> PAGE_BITS] = page;
    }
    if (page[codePoint & (PAGE - 1)]++ == 0) {
      distinct++;
    }
  }

  /** How many different ones there are. */
  int distinct() {
    return distinct;
  }

  /** Each different one with its number of occurrences, in the order of code points. */
  void forEach(Occurrences occurrences) {
    for (int high = 0; high < pages.length; high++) {
      int[] page = pages[high];
      for (int low = 0; page != null && low < PAGE; low++) {
        if (page[low] > 0) {
          occurrences.add((high << PAGE_BITS) + low, page[low]);
        }
      }
    }
  }
}
