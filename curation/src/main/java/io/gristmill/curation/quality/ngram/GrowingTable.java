package io.gristmill.curation.quality.ngram;

/**
 * Two floats by a 64-bit key, open-addressed; 0 is a free slot's key, so that of 0 stands apart.
 */
final class GrowingTable {
  private long[] keys = new long[1 << 10];
  private long[] values = new long[1 << 10];
  private int count;
  private long ofZero = NgramTable.ABSENT;

  /** Room for so many, so that none of it is moved while they come. */
  void reserve(long entries) {
    long slots = Long.highestOneBit(Math.max(1, entries)) * 4;
    if (slots > keys.length) {
      resize((int) Math.min(slots, 1 << 30));
    }
  }

  void put(long key, long value) {
    if (key == 0) {
      ofZero = value;
      return;
    }
    if (count * 4L > keys.length * 3L) {
      resize(Math.multiplyExact(keys.length, 2));
    }
    int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = key;
      count++;
    }
    values[slot] = value;
  }

  /** The value, or {@link NgramTable#ABSENT}. */
  long find(long key) {
    if (key == 0) {
      return ofZero;
    }
    int slot = slot(key);
    return keys[slot] == 0 ? NgramTable.ABSENT : values[slot];
  }

  /** Where a key is, or where it would be put. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = ((int) (((key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L) >>> 33)) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void resize(int slots) {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[slots];
    values = new long[slots];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
