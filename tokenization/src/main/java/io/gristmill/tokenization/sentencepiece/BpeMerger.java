package io.gristmill.tokenization.sentencepiece;

import java.util.Arrays;

/**
 * Merges one stretch of symbols: short ones by looking for the best pair, long ones through a heap
 * in O(n log n). Holds its working memory; not thread-safe.
 */
final class BpeMerger {
  /** Up to here looking for the best at each step is faster than a heap. */
  private static final int SHORT = 48;

  private final BpeTable table;

  /** The symbols, and what each makes with the next one. */
  private int[] symbols = new int[SHORT];

  private long[] merges = new long[SHORT];
  private int length;

  private int[] next = {};
  private int[] previous = {};

  /** Rank of a merge and place of its left symbol; one that has changed since is passed over. */
  private long[] heap = {};

  private int heapSize;

  /** What each unused piece was last merged from in this text, and whether it was. */
  private final int[] lefts;

  private final int[] rights;
  private final int[] madeInText;
  private int text;

  BpeMerger(BpeTable table) {
    this.table = table;
    int unused = table.anyUnused() ? table.pieces() : 0;
    lefts = new int[unused];
    rights = new int[unused];
    madeInText = new int[unused];
  }

  /** Begins a text. */
  void begin() {
    text++;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Adds the first symbol of a stretch. */
  void add(int symbol) {
    symbols[0] = symbol;
    length = 1;
  }

  /** Adds one more symbol, which makes {@code merge} with the one before. */
  void add(long merge, int symbol) {
    if (length == symbols.length) {
      int capacity = (int) Math.min(2L * length, Integer.MAX_VALUE - 16);
      symbols = Arrays.copyOf(symbols, capacity);
      merges = Arrays.copyOf(merges, capacity);
    }
    noteUnused(symbols[length - 1], symbol, merge);
    merges[length - 1] = merge;
    symbols[length++] = symbol;
  }

  /** Merges the stretch and gives its pieces. It is then empty. */
  void give(PieceOutput output) {
    if (length > 1) {
      if (length <= SHORT) {
        mergeShort();
      } else {
        mergeLong();
      }
    }
    for (int i = 0; i < length; i++) {
      give(symbols[i], output);
    }
    length = 0;
  }

  private void give(int symbol, PieceOutput output) {
    if ((symbol & BpeTable.CHARACTER) != 0) {
      output.addUnknown(symbol & ~BpeTable.CHARACTER);
      return;
    }
    int id = symbol & ~BpeTable.FROZEN;
    if (lefts.length > 0 && madeInText[id] == text) {
      give(lefts[id], output);
      give(rights[id], output);
    } else {
      output.add(id);
    }
  }

  private void mergeShort() {
    int[] symbols = this.symbols;
    long[] merges = this.merges;
    int last = length - 1;
    while (last > 0) {
      long best = merges[0];
      int at = 0;
      for (int i = 1; i < last; i++) {
        if (merges[i] >>> 32 < best >>> 32) {
          best = merges[i];
          at = i;
        }
      }
      if (best >= BpeTable.NO_MERGE) {
        break;
      }
      symbols[at] = (int) best;
      for (int i = at + 1; i < last; i++) {
        symbols[i] = symbols[i + 1];
        merges[i - 1] = merges[i];
      }
      last--;
      if (at > 0) {
        merges[at - 1] = find(symbols[at - 1], symbols[at]);
      }
      if (at < last) {
        merges[at] = find(symbols[at], symbols[at + 1]);
      }
    }
    length = last + 1;
  }

  private void mergeLong() {
    if (next.length < length) {
      next = new int[symbols.length];
      previous = new int[symbols.length];
    }
    heapSize = 0;
    merges[length - 1] = BpeTable.NO_MERGE;
    for (int i = 0; i < length; i++) {
      next[i] = i + 1 < length ? i + 1 : -1;
      previous[i] = i - 1;
      offer(i);
    }
    while (heapSize > 0) {
      long entry = poll();
      int at = (int) entry;
      long merge = merges[at];
      if (merge >= BpeTable.NO_MERGE || merge >>> 32 != entry >>> 32) {
        continue;
      }
      int right = next[at];
      int after = next[right];
      symbols[at] = (int) merge;
      merges[right] = BpeTable.NO_MERGE;
      merges[at] = BpeTable.NO_MERGE;
      next[at] = after;
      if (previous[at] >= 0) {
        merges[previous[at]] = find(symbols[previous[at]], symbols[at]);
        offer(previous[at]);
      }
      if (after >= 0) {
        previous[after] = at;
        merges[at] = find(symbols[at], symbols[after]);
        offer(at);
      }
    }
    int left = 0;
    for (int i = 0; i >= 0; i = next[i]) {
      symbols[left++] = symbols[i];
    }
    length = left;
  }

  private long find(int left, int right) {
    long merge = table.find(left, right);
    noteUnused(left, right, merge);
    return merge;
  }

  private void noteUnused(int left, int right, long merge) {
    if (lefts.length > 0 && merge < BpeTable.NO_MERGE && table.isUnused((int) merge)) {
      int id = (int) merge;
      lefts[id] = left;
      rights[id] = right;
      madeInText[id] = text;
    }
  }

  private void offer(int at) {
    if (merges[at] >= BpeTable.NO_MERGE) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, Math.max(2 * SHORT, heapSize + (heapSize >> 1)));
    }
    long entry = (merges[at] & 0xFFFFFFFF00000000L) | at;
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
