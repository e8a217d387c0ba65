package io.gristmill.tokenization.bpe;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** A set of pairs of neighbours in text: those between which a piece is not cut. Immutable. */
final class FrequentPairs implements Cutting.Together, Serializable {
  private static final long serialVersionUID = 1;
  private static final long EMPTY = -1;

  private final long[] slots;

  /**
   * @param pairs as {@link PairIndex#pair} makes them
   */
  FrequentPairs(List<Long> pairs) {
    slots = new long[Math.max(2, Integer.highestOneBit(Math.max(1, pairs.size())) << 2)];
    Arrays.fill(slots, EMPTY);
    for (long pair : pairs) {
      slots[slot(pair)] = pair;
    }
  }

  @Override
  public boolean contains(int left, int right) {
    return slots[slot(PairIndex.pair(left, right))] != EMPTY;
  }

  private int slot(long pair) {
    int slot = PairCounts.hash(pair) & slots.length - 1;
    while (slots[slot] != EMPTY && slots[slot] != pair) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}
