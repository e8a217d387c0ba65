package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Applies merges to one piece: of the merges that are possible the first in rank, the leftmost
 * first, until none is. Short pieces by looking for the least, long ones through a heap in O(n log
 * n). Holds its working memory; not thread-safe.
 */
final class PieceMerger {
  /** Up to here looking for the least at each step is faster than a heap. */
  private static final int SHORT = 96;

  private final MergeTable table;
  private int[] symbols = new int[SHORT];
  private long[] merges = new long[SHORT];
  private int[] next = new int[0];
  private int[] previous = new int[0];
  private long[] heap = new long[0];
  private int heapSize;

  PieceMerger(MergeTable table) {
    this.table = table;
  }

  /** Room for {@code length} symbols, to be filled before {@link #merge}. */
  int[] symbols(int length) {
    if (symbols.length < length) {
      symbols = new int[Math.max(length, symbols.length + (symbols.length >> 1))];
      merges = new long[symbols.length];
    }
    return symbols;
  }

  /** Merges the first {@code length} symbols in place and returns how many are left. */
  int merge(int length) {
    if (length < 2) {
      return length;
    }
    return length <= SHORT ? mergeShort(length) : mergeLong(length);
  }

  private int mergeShort(int length) {
    int[] symbols = this.symbols;
    long[] merges = this.merges;
    int last = length - 1;
    for (int i = 0; i < last; i++) {
      merges[i] = table.find(symbols[i], symbols[i + 1]);
    }
    while (last > 0) {
      long least = merges[0];
      int at = 0;
      for (int i = 1; i < last; i++) {
        if (merges[i] < least) {
          least = merges[i];
          at = i;
        }
      }
      if (least == MergeTable.NONE) {
        break;
      }
      symbols[at] = (int) least;
      for (int i = at + 1; i < last; i++) {
        symbols[i] = symbols[i + 1];
        merges[i - 1] = merges[i];
      }
      last--;
      if (at < last) {
        merges[at] = table.find(symbols[at], symbols[at + 1]);
      }
      if (at > 0) {
        merges[at - 1] = table.find(symbols[at - 1], symbols[at]);
      }
    }
    return last + 1;
  }

  /** The heap holds rank and position; an entry whose place has changed since is passed over. */
  private int mergeLong(int length) {
    if (next.length < length) {
      next = new int[symbols.length];
      previous = new int[symbols.length];
    }
    heapSize = 0;
    for (int i = 0; i < length; i++) {
      next[i] = i + 1 < length ? i + 1 : -1;
      previous[i] = i - 1;
      merges[i] = MergeTable.NONE;
    }
    for (int i = 0; i + 1 < length; i++) {
      offer(i, table.find(symbols[i], symbols[i + 1]));
    }
    while (heapSize > 0) {
      long entry = poll();
      int at = (int) entry;
      long merge = merges[at];
      if (merge == MergeTable.NONE || merge >>> 32 != entry >>> 32) {
        continue;
      }
      int right = next[at];
      symbols[at] = (int) merge;
      merges[right] = MergeTable.NONE;
      int after = next[right];
      next[at] = after;
      merges[at] = MergeTable.NONE;
      if (after >= 0) {
        previous[after] = at;
        offer(at, table.find(symbols[at], symbols[after]));
      }
      if (previous[at] >= 0) {
        offer(previous[at], table.find(symbols[previous[at]], symbols[at]));
      }
    }
    int left = 0;
    for (int i = 0; i >= 0; i = next[i]) {
      symbols[left++] = symbols[i];
    }
    return left;
  }

  private void offer(int at, long merge) {
    merges[at] = merge;
    if (merge == MergeTable.NONE) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, Math.max(2 * SHORT, heapSize + (heapSize >> 1)));
    }
    long entry = (merge & 0xFFFFFFFF00000000L) | at;
    int i = heapSize++;
    while (i > 0 && heap[(i - 1) >> 1] > entry) {
      heap[i] = heap[(i - 1) >> 1];
      i = (i - 1) >> 1;
    }
    heap[i] = entry;
  }

  private long poll() {
    long least = heap[0];
    long moved = heap[--heapSize];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= heapSize) {
        break;
      }
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= moved) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = moved;
    return least;
  }
}
