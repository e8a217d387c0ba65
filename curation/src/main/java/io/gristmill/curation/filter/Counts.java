package io.gristmill.curation.filter;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Counts of 64-bit keys in open addressing. Keys must be mixed and not 0. */
final class Counts {
  private long[] keys;
  private int[] counts;
  private int mask;

  /** Holds up to {@code capacity} different keys. */
  Counts(int capacity) {
    int size = size(capacity);
    keys = new long[size];
    counts = new int[size];
    mask = size - 1;
  }

  /** Forgets all keys, to hold up to {@code capacity} others. */
  void restart(int capacity) {
    int size = size(capacity);
    if (size > keys.length) {
      keys = new long[size];
      counts = new int[size];
    } else {
      Arrays.fill(keys, 0, size, 0);
      Arrays.fill(counts, 0, size, 0);
    }
    mask = size - 1;
  }

  /** Twice to four times the keys. */
  private static int size(int capacity) {
    return Integer.highestOneBit(Math.max(8, capacity)) * 4;
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

  /** The counts of all keys, in an order that the keys and theirs decide. */
  void forEach(IntConsumer taker) {
    for (int slot = 0; slot <= mask; slot++) {
      if (counts[slot] > 0) {
        taker.accept(counts[slot]);
      }
    }
  }

  private int slot(long key) {
    int slot = (int) key & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
