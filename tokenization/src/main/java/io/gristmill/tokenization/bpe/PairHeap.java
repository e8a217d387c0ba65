package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Pairs by the count that they had when offered, the largest first; of equal counts the smaller key
 * first.
 */
final class PairHeap {
  private long[] counts = new long[1 << 12];
  private long[] keys = new long[1 << 12];
  private int[] entries = new int[1 << 12];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void offer(int entry, long count, long key) {
    if (size == entries.length) {
      counts = Arrays.copyOf(counts, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
      entries = Arrays.copyOf(entries, 2 * size);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >> 1;
      if (!before(count, key, parent)) {
        break;
      }
      move(parent, i);
      i = parent;
    }
    set(i, entry, count, key);
  }

  int firstEntry() {
    return entries[0];
  }

  /** The count that the first entry was offered with. */
  long firstCount() {
    return counts[0];
  }

  /** The key that the first entry was offered with. */
  long firstKey() {
    return keys[0];
  }

  void removeFirst() {
    size--;
    long count = counts[size];
    long key = keys[size];
    int entry = entries[size];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(counts[child + 1], keys[child + 1], child)) {
        child++;
      }
      if (before(count, key, child)) {
        break;
      }
      move(child, i);
      i = child;
    }
    set(i, entry, count, key);
  }

  private boolean before(long count, long key, int other) {
    return count != counts[other] ? count > counts[other] : key < keys[other];
  }

  private void move(int from, int to) {
    set(to, entries[from], counts[from], keys[from]);
  }

  private void set(int i, int entry, long count, long key) {
    counts[i] = count;
    keys[i] = key;
    entries[i] = entry;
  }
}
