package io.gristmill.curation.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the shingles that many documents of a sample have. */
final class CommonShingles {
  /** A shingle is common if one document in so many has it, and at least {@link #LEAST}. */
  private static final int ONE_IN = 64;

  private static final int LEAST = 3;
  private static final int MOST = 1 << 16;
  private static final int MOST_COUNTED = 4 << 20;

  private final List<int[]> sets = new ArrayList<>();
  private int counted;

  /** Adds a document of the sample; once there are {@code MOST_COUNTED} shingles, it is full. */
  void add(ShingleSet set) {
    if (counted + set.size() <= MOST_COUNTED) {
      sets.add(set.toArray());
      counted += set.size();
    }
  }

  /** The common shingles, at most 65,536: those of the most documents. */
  ShingleSet common() {
    int[] all = new int[counted];
    int at = 0;
    for (int[] set : sets) {
      System.arraycopy(set, 0, all, at, set.length);
      at += set.length;
    }
    Arrays.sort(all);
    int least = Math.max(LEAST, sets.size() / ONE_IN);
    // the number of documents above, the shingle below: ascending, the most common come last
    long[] found = new long[counted / least + 1];
    int count = 0;
    for (int from = 0; from < all.length; ) {
      int to = from;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      if (to - from >= least) {
        found[count++] = ((long) (to - from) << 32) | (all[from] & 0xffffffffL);
      }
      from = to;
    }
    Arrays.sort(found, 0, count);
    int[] common = new int[Math.min(count, MOST)];
    for (int i = 0; i < common.length; i++) {
      common[i] = (int) found[count - 1 - i];
    }
    return ShingleSet.of(common);
  }
}
