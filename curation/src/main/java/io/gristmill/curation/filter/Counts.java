package io.gristmill.curation.filter;

/** Counts of 64-bit keys in open addressing. Keys must be mixed and not 0. */
final class Counts {
  private final long[] keys;
  private final int[] counts;
  private final int mask;

  /** Holds up to {@code capacity} different keys. */
  Counts(int capacity) {
    int size = Integer.highestOneBit(Math.max(8, capacity)) * 4;
    keys = new long[size];
    counts = new int[size];
    mask = size - 1;
  }

  /** Counts a key once more and returns how often it has occurred, this time included. */
  int add(long key) {
    int slot = slot(key);
    keys[slot] = key;
    return ++counts[slot];
  }

  /** How often a key has occurred. */
  int count(long key) {
    return counts[slot(key)];
  }

  private int slot(long key) {
    int slot = (int) key & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
