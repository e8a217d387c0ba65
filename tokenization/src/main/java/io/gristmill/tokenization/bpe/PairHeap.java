package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Pairs by the count that they had when offered, the largest first; of equal counts the smaller
 * left symbol first, then the smaller right one, as in Hugging Face's trainer.
 */
final class PairHeap {
  private final PairIndex pairs;
  private long[] counts = new long[1 << 12];
  private int[] entries = new int[1 << 12];
  private int size;

  PairHeap(PairIndex pairs) {
    this.pairs = pairs;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void offer(int entry) {
    if (size == entries.length) {
      counts = Arrays.copyOf(counts, 2 * size);
      entries = Arrays.copyOf(entries, 2 * size);
    }
    long count = pairs.count(entry);
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >> 1;
      if (!before(count, entry, counts[parent], entries[parent])) {
        break;
      }
      counts[i] = counts[parent];
      entries[i] = entries[parent];
      i = parent;
    }
    counts[i] = count;
    entries[i] = entry;
  }

  /** The count that the first entry was offered with. */
  long firstCount() {
    return counts[0];
  }

  /** Takes the first entry out. */
  int poll() {
    int first = entries[0];
    size--;
    long count = counts[size];
    int entry = entries[size];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && before(counts[child + 1], entries[child + 1], counts[child], entries[child])) {
        child++;
      }
      if (!before(counts[child], entries[child], count, entry)) {
        break;
      }
      counts[i] = counts[child];
      entries[i] = entries[child];
      i = child;
    }
    counts[i] = count;
    entries[i] = entry;
    return first;
  }

  private boolean before(long count, int entry, long otherCount, int otherEntry) {
    return count != otherCount ? count > otherCount : pairs.pair(entry) < pairs.pair(otherEntry);
  }
}
