package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Pairs of neighbouring symbols with how often they occur and the words that hold them: an
 * open-addressing table from pair to a dense entry number.
 */
final class PairIndex {
  private static final int[] NO_WORDS = {};

  private int[] table = new int[1 << 16];
  private long[] pairs = new long[1 << 14];
  private long[] counts = new long[1 << 14];
  private int[][] words = new int[1 << 14][];
  private int[] wordCounts = new int[1 << 14];
  private int size;

  PairIndex() {
    Arrays.fill(table, -1);
  }

  int size() {
    return size;
  }

  /** Left symbol in the upper half, right one in the lower: orders pairs by left, then right. */
  long pair(int entry) {
    return pairs[entry];
  }

  int left(int entry) {
    return (int) (pairs[entry] >>> 32);
  }

  int right(int entry) {
    return (int) pairs[entry];
  }

  long count(int entry) {
    return counts[entry];
  }

  /** The words that may hold the pair, {@link #wordCount} of them, in the order of adding. */
  int[] words(int entry) {
    return words[entry];
  }

  int wordCount(int entry) {
    return wordCounts[entry];
  }

  /** Adds to the count of a pair, making its entry if need be, and returns the entry. */
  int add(int left, int right, long count) {
    long pair = (long) left << 32 | right;
    int slot = slot(pair);
    int entry = table[slot];
    if (entry < 0) {
      entry = append(pair);
      table[slot] = entry;
      if (2 * size > table.length) {
        grow();
      }
    }
    counts[entry] += count;
    return entry;
  }

  /** Notes that a word holds the pair; the same word twice in a row is noted once. */
  void addWord(int entry, int word) {
    int[] list = words[entry];
    int n = wordCounts[entry];
    if (n > 0 && list[n - 1] == word) {
      return;
    }
    if (n == list.length) {
      list = Arrays.copyOf(list, n == 0 ? 2 : n + (n >> 1) + 1);
      words[entry] = list;
    }
    list[n] = word;
    wordCounts[entry] = n + 1;
  }

  /** Forgets the words of a pair and their memory. */
  void dropWords(int entry) {
    words[entry] = NO_WORDS;
    wordCounts[entry] = 0;
  }

  void clearCount(int entry) {
    counts[entry] = 0;
  }

  private int append(long pair) {
    if (size == pairs.length) {
      int capacity = size + (size >> 1);
      pairs = Arrays.copyOf(pairs, capacity);
      counts = Arrays.copyOf(counts, capacity);
      words = Arrays.copyOf(words, capacity);
      wordCounts = Arrays.copyOf(wordCounts, capacity);
    }
    pairs[size] = pair;
    words[size] = NO_WORDS;
    return size++;
  }

  private int slot(long pair) {
    long mixed = (pair ^ pair >>> 29) * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & table.length - 1;
    while (table[slot] >= 0 && pairs[table[slot]] != pair) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, -1);
    for (int entry = 0; entry < size; entry++) {
      table[slot(pairs[entry])] = entry;
    }
  }
}
