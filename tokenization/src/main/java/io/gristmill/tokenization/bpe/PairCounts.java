package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/** Counts pairs of neighbours: an open-addressing table that is at most half full. */
final class PairCounts {
  private static final long EMPTY = -1;

  private long[] pairs = new long[1 << 12];
  private long[] counts = new long[1 << 12];
  private int size;

  PairCounts() {
    Arrays.fill(pairs, EMPTY);
  }

  static int hash(long pair) {
    long mixed = (pair ^ pair >>> 29) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  /** How many different pairs there are. */
  int size() {
    return size;
  }

  void add(int left, int right, long count) {
    long pair = PairIndex.pair(left, right);
    int slot = slot(pair);
    if (pairs[slot] == EMPTY) {
      pairs[slot] = pair;
      size++;
      if (2 * size > pairs.length) {
        grow();
        slot = slot(pair);
      }
    }
    counts[slot] += count;
  }

  /** How many places for pairs there are; some are empty. */
  int slots() {
    return pairs.length;
  }

  boolean isEmpty(int slot) {
    return pairs[slot] == EMPTY;
  }

  long pair(int slot) {
    return pairs[slot];
  }

  long count(int slot) {
    return counts[slot];
  }

  /** Forgets the pairs and keeps the memory. */
  void clear() {
    size = 0;
    Arrays.fill(pairs, EMPTY);
    Arrays.fill(counts, 0);
  }

  private int slot(long pair) {
    int slot = hash(pair) & pairs.length - 1;
    while (pairs[slot] != EMPTY && pairs[slot] != pair) {
      slot = slot + 1 & pairs.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldPairs = pairs;
    long[] oldCounts = counts;
    pairs = new long[2 * oldPairs.length];
    counts = new long[2 * oldPairs.length];
    Arrays.fill(pairs, EMPTY);
    for (int i = 0; i < oldPairs.length; i++) {
      if (oldPairs[i] != EMPTY) {
        int slot = slot(oldPairs[i]);
        pairs[slot] = oldPairs[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
