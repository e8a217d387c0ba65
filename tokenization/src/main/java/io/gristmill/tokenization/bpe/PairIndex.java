package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Pairs of neighbouring symbols with how often they occur and the words that hold them: an
 * open-addressing table from pair to a dense entry number.
 */
final class PairIndex {
  /** The entry of a pair that is not in the index. */
  static final int NONE = -1;

  private static final int[] NO_WORDS = {};

  private int[] table = new int[1 << 12];
  private long[] pairs = new long[1 << 10];
  private long[] counts = new long[1 << 10];
  private int[] places = new int[1 << 10];
  private int[][] words = new int[0][];
  private int size;

  PairIndex() {
    Arrays.fill(table, NONE);
  }

  /** Left symbol in the upper half, right one in the lower. */
  static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  int size() {
    return size;
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

  /** How many places in words the pair was counted at. */
  int places(int entry) {
    return places[entry];
  }

  /** The entry of a pair, or {@link #NONE}. */
  int find(int left, int right) {
    return table[slot(pair(left, right))];
  }

  /** Counts a pair at one more place of a word that occurs {@code count} times. */
  void count(int left, int right, long count) {
    long pair = pair(left, right);
    int slot = slot(pair);
    int entry = table[slot];
    if (entry < 0) {
      entry = insert(slot, pair);
    }
    counts[entry] += count;
    places[entry]++;
  }

  /** Adds a pair that is not in the index, with room for the words of all its places. */
  int add(int left, int right, long count, int places) {
    long pair = pair(left, right);
    int entry = insert(slot(pair), pair);
    counts[entry] = count;
    this.places[entry] = 0;
    if (entry >= words.length) {
      words = Arrays.copyOf(words, pairs.length);
    }
    words[entry] = new int[places];
    return entry;
  }

  void subtract(int entry, long count) {
    counts[entry] -= count;
  }

  void clearCount(int entry) {
    counts[entry] = 0;
  }

  /** Notes that a word holds an added pair; the same word twice in a row is noted once. */
  void addWord(int entry, int word) {
    int[] list = words[entry];
    int n = places[entry];
    if (n == 0 || list[n - 1] != word) {
      list[n] = word;
      places[entry] = n + 1;
    }
  }

  /** The words that may hold an added pair, {@link #places} of them. */
  int[] words(int entry) {
    return words[entry];
  }

  /** Forgets the words of an added pair and their memory. */
  void dropWords(int entry) {
    words[entry] = NO_WORDS;
    places[entry] = 0;
  }

  private int insert(int slot, long pair) {
    if (size == pairs.length) {
      int capacity = size + (size >> 1);
      pairs = Arrays.copyOf(pairs, capacity);
      counts = Arrays.copyOf(counts, capacity);
      places = Arrays.copyOf(places, capacity);
    }
    int entry = size++;
    pairs[entry] = pair;
    table[slot] = entry;
    if (2 * size > table.length) {
      grow();
    }
    return entry;
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
    Arrays.fill(table, NONE);
    for (int entry = 0; entry < size; entry++) {
      table[slot(pairs[entry])] = entry;
    }
  }
}
