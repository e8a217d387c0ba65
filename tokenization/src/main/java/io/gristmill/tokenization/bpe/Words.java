package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * The different words of a training, each a sequence of symbols and how often it occurs, without an
 * object per word: 6 bytes and 2 a symbol (4 in a word that has a symbol beyond 65,535, or may get
 * one). Memory is taken in chunks and never copied to grow.
 *
 * <p>A word is known by where it lies. It can become shorter in place; of a word of one symbol
 * nothing is kept, as nothing can happen to it any more.
 */
final class Words {
  /** The most symbols that a word can have. */
  static final int MOST_SYMBOLS = 0x7FFF;

  private static final int CHUNK_BITS = 18;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int HEADER = 3;

  /** In the first place of a word: nothing is here. No count begins like this. */
  private static final char HOLE = 0xFFFF;

  /** Set in the first place of a word whose count, too large, lies in {@link #largeCounts}. */
  private static final int LARGE = 0x8000_0000;

  private final boolean wide;
  private char[][] chunks = new char[16][];
  private int chunkCount;
  private int used = CHUNK;
  private long[] largeCounts = new long[16];
  private int largeCountsUsed;

  /** Takes a word and what it holds; {@code symbols} is used again for the next one. */
  @FunctionalInterface
  interface Visitor {
    void visit(int word, int[] symbols, int length, long count);
  }

  /**
   * @param symbolsToCome symbols that words may get later are less than this
   */
  Words(int symbolsToCome) {
    this.wide = symbolsToCome > 1 << Character.SIZE;
  }

  /**
   * Adds a word of 2 to {@value #MOST_SYMBOLS} symbols.
   *
   * @throws IllegalStateException if the words would take more than 8 GiB
   */
  void add(int[] symbols, int length, long count) {
    boolean wideWord = wide;
    for (int i = 0; i < length && !wideWord; i++) {
      wideWord = symbols[i] > Character.MAX_VALUE;
    }
    int size = HEADER + (wideWord ? 2 * length : length);
    if (used + size > CHUNK) {
      addChunk();
    }
    write(chunks[chunkCount - 1], used, countOrLarge(count), symbols, length, wideWord);
    used += size;
  }

  private void addChunk() {
    if (chunkCount > 0) {
      Arrays.fill(chunks[chunkCount - 1], used, CHUNK, HOLE);
    }
    if (chunkCount == 1 << (Integer.SIZE - CHUNK_BITS)) {
      throw new IllegalStateException(
          "the different pieces of text take more than 8 GiB; raise min-frequency or lower"
              + " max-piece-characters");
    }
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunkCount);
    }
    if (chunks[chunkCount] == null) {
      chunks[chunkCount] = new char[CHUNK];
    }
    chunkCount++;
    used = 0;
  }

  private int countOrLarge(long count) {
    if (count <= Integer.MAX_VALUE) {
      return (int) count;
    }
    if (largeCountsUsed == largeCounts.length) {
      largeCounts = Arrays.copyOf(largeCounts, 2 * largeCountsUsed);
    }
    largeCounts[largeCountsUsed] = count;
    return LARGE | largeCountsUsed++;
  }

  private static void write(
      char[] chunk, int at, int count, int[] symbols, int length, boolean wideWord) {
    chunk[at] = (char) (count >>> 16);
    chunk[at + 1] = (char) count;
    chunk[at + 2] = (char) (length << 1 | (wideWord ? 1 : 0));
    int to = at + HEADER;
    for (int i = 0; i < length; i++) {
      if (wideWord) {
        chunk[to++] = (char) (symbols[i] >>> 16);
      }
      chunk[to++] = (char) symbols[i];
    }
  }

  /** How often the word occurs. */
  long count(int word) {
    return count(chunks[word >>> CHUNK_BITS], word & (CHUNK - 1));
  }

  private long count(char[] chunk, int at) {
    int count = chunk[at] << 16 | chunk[at + 1];
    return count >= 0 ? count : largeCounts[count & ~LARGE];
  }

  /**
   * Copies the symbols of a word to {@code target}, of {@value #MOST_SYMBOLS}.
   *
   * @return how many they are; 0 of a word of which nothing is kept
   */
  int load(int word, int[] target) {
    return load(chunks[word >>> CHUNK_BITS], word & (CHUNK - 1), target);
  }

  private static int load(char[] chunk, int at, int[] target) {
    if (chunk[at] == HOLE) {
      return 0;
    }
    int length = chunk[at + 2] >>> 1;
    int from = at + HEADER;
    if ((chunk[at + 2] & 1) == 0) {
      for (int i = 0; i < length; i++) {
        target[i] = chunk[from + i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        target[i] = chunk[from + 2 * i] << 16 | chunk[from + 2 * i + 1];
      }
    }
    return length;
  }

  /** Makes a word hold {@code length} symbols, fewer than before. */
  void shorten(int word, int[] symbols, int length) {
    char[] chunk = chunks[word >>> CHUNK_BITS];
    int at = word & (CHUNK - 1);
    int end = end(chunk, at);
    boolean wideWord = (chunk[at + 2] & 1) != 0;
    if (length < 2) {
      Arrays.fill(chunk, at, end, HOLE);
      return;
    }
    write(chunk, at, chunk[at] << 16 | chunk[at + 1], symbols, length, wideWord);
    Arrays.fill(chunk, end(chunk, at), end, HOLE);
  }

  private static int end(char[] chunk, int at) {
    int length = chunk[at + 2] >>> 1;
    return at + HEADER + ((chunk[at + 2] & 1) == 0 ? length : 2 * length);
  }

  /** Visits every word. */
  void forEach(Visitor visitor) {
    int[] symbols = new int[MOST_SYMBOLS];
    for (int c = 0; c < chunkCount; c++) {
      char[] chunk = chunks[c];
      int limit = c == chunkCount - 1 ? used : CHUNK;
      for (int at = next(chunk, 0, limit); at < limit; at = next(chunk, end(chunk, at), limit)) {
        int length = load(chunk, at, symbols);
        visitor.visit(c << CHUNK_BITS | at, symbols, length, count(chunk, at));
      }
    }
  }

  private static int next(char[] chunk, int from, int limit) {
    int at = from;
    while (at < limit && chunk[at] == HOLE) {
      at++;
    }
    return at;
  }

  /** Moves the words together, which changes where they lie, and gives the memory between back. */
  void compact() {
    int from = chunkCount;
    int fromUsed = used;
    chunkCount = 0;
    used = CHUNK;
    for (int c = 0; c < from; c++) {
      char[] chunk = chunks[c];
      int limit = c == from - 1 ? fromUsed : CHUNK;
      for (int at = next(chunk, 0, limit); at < limit; ) {
        int end = end(chunk, at);
        move(chunk, at, end);
        at = next(chunk, end, limit);
      }
    }
    Arrays.fill(chunks, chunkCount, from, null);
  }

  /** To where the next word goes, which is never beyond where this one is. */
  private void move(char[] chunk, int at, int end) {
    if (used + end - at > CHUNK) {
      addChunk();
    }
    System.arraycopy(chunk, at, chunks[chunkCount - 1], used, end - at);
    used += end - at;
  }
}
