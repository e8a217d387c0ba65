package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * The merges by pair: an open-addressing table of (pair, rank and result), at most half full. Rank
 * and result come back as one long, so that the smaller is the merge to be applied first.
 */
final class MergeTable {
  /** What {@link #find} gives for a pair that does not merge: greater than any merge. */
  static final long NONE = Long.MAX_VALUE;

  private static final long EMPTY = -1;

  private final long[] slots;
  private final int shift;

  /** Of two merges of the same pair the first counts. */
  MergeTable(Merges merges) {
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, merges.size())));
    slots = new long[2 << bits];
    shift = 64 - bits;
    Arrays.fill(slots, EMPTY);
    for (int rank = 0; rank < merges.size(); rank++) {
      long pair = pair(merges.left(rank), merges.right(rank));
      int slot = slot(pair);
      while (slots[slot] != EMPTY && slots[slot] != pair) {
        slot = slot + 2 & slots.length - 1;
      }
      if (slots[slot] == EMPTY) {
        slots[slot] = pair;
        slots[slot + 1] = (long) rank << 32 | merges.result(rank);
      }
    }
  }

  /** The rank in the upper half and the result in the lower, or {@link #NONE}. */
  long find(int left, int right) {
    long pair = pair(left, right);
    int slot = slot(pair);
    while (true) {
      long key = slots[slot];
      if (key == pair) {
        return slots[slot + 1];
      }
      if (key == EMPTY) {
        return NONE;
      }
      slot = slot + 2 & slots.length - 1;
    }
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private int slot(long pair) {
    long mixed = (pair ^ pair >>> 29) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> shift) << 1;
  }
}
