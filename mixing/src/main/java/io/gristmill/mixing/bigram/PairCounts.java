package io.gristmill.mixing.bigram;

import java.util.Arrays;

/** Counts by a number that is not negative: open addressing, at most half full. */
public final class PairCounts {
  private static final long FREE = -1;

  private long[] keys = new long[1 << 12];
  private long[] counts = new long[keys.length];
  private int size;

  public PairCounts() {
    Arrays.fill(keys, FREE);
  }

  /** Adds one and returns the new count. */
  public long increment(long key) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slot(keys, key);
    if (keys[slot] == FREE) {
      keys[slot] = key;
      size++;
    }
    return ++counts[slot];
  }

  /** The count of a key, 0 when it was never seen. */
  public long count(long key) {
    return counts[slot(keys, key)];
  }

  /** What is done with a number and its count. */
  @FunctionalInterface
  public interface Visitor {
    void visit(long key, long count);
  }

  /** All that were seen, in no order. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        visitor.visit(keys[i], counts[i]);
      }
    }
  }

  /** How many distinct numbers were seen. */
  public int size() {
    return size;
  }

  private void grow() {
    long[] moved = new long[Math.multiplyExact(keys.length, 2)];
    long[] movedCounts = new long[moved.length];
    Arrays.fill(moved, FREE);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        int slot = slot(moved, keys[i]);
        moved[slot] = keys[i];
        movedCounts[slot] = counts[i];
      }
    }
    keys = moved;
    counts = movedCounts;
  }

  /** The slot that holds the key, or the free one where it belongs. */
  private static int slot(long[] keys, long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed ^ (mixed >>> 32)) & (keys.length - 1);
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
