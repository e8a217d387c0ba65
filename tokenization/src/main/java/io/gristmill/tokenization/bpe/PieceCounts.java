package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Counts pieces of text: a hash table over one arena of bytes, without an object per piece. Counts
 * are 64-bit. Not thread-safe.
 */
public final class PieceCounts {
  /** Takes one counted piece: the bytes of {@code arena} from {@code from} to {@code to}. */
  @FunctionalInterface
  public interface Visitor {
    void visit(byte[] arena, int from, int to, long count);
  }

  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private final Cutting cutting;
  private byte[] arena = new byte[1 << 16];
  private int[] offsets = new int[1 << 12];
  private long[] counts = new long[1 << 12];
  private int[] table = new int[1 << 13];
  private int size;

  public PieceCounts(BpeTrainerConfig config) {
    this(new Cutting.OfCharacters(config));
  }

  PieceCounts(Cutting cutting) {
    this.cutting = cutting;
    Arrays.fill(table, -1);
  }

  /** How many different pieces there are. */
  public int size() {
    return size;
  }

  /** Bytes of all different pieces. */
  public int bytes() {
    return offsets[size];
  }

  /** Cuts a text into pieces and counts each. */
  public void addText(byte[] utf8) {
    addText(utf8, 1, (left, right) -> true);
  }

  /** Cuts a text into pieces and counts each {@code count} times. */
  void addText(byte[] utf8, long count, Cutting.Together together) {
    cutting.pieces(utf8, together, (bytes, from, to) -> add(bytes, from, to, count));
  }

  /**
   * Adds {@code count} occurrences of a piece.
   *
   * @throws IllegalStateException if the different pieces together would exceed 2 GiB
   */
  public void add(byte[] utf8, int from, int to, long count) {
    int slot = slot(utf8, from, to);
    int entry = table[slot];
    if (entry < 0) {
      entry = append(utf8, from, to);
      table[slot] = entry;
      if (2 * size > table.length) {
        grow();
      }
    }
    counts[entry] += count;
  }

  private int slot(byte[] utf8, int from, int to) {
    int slot = hash(utf8, from, to) & table.length - 1;
    while (table[slot] >= 0) {
      int entry = table[slot];
      if (Arrays.equals(arena, offsets[entry], offsets[entry + 1], utf8, from, to)) {
        break;
      }
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private static int hash(byte[] utf8, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + utf8[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private int append(byte[] utf8, int from, int to) {
    int offset = offsets[size];
    int length = to - from;
    if (length > MOST_BYTES - offset) {
      throw new IllegalStateException(
          "the different pieces of text exceed 2 GiB; count them through BpeTraining on Spark, with a"
              + " larger spark.sql.shuffle.partitions");
    }
    if (offset + length > arena.length) {
      long wanted = Math.max(offset + (long) length, 2L * arena.length);
      arena = Arrays.copyOf(arena, (int) Math.min(wanted, MOST_BYTES));
    }
    System.arraycopy(utf8, from, arena, offset, length);
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
    offsets[++size] = offset + length;
    return size - 1;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, -1);
    for (int entry = 0; entry < size; entry++) {
      int slot = hash(arena, offsets[entry], offsets[entry + 1]) & table.length - 1;
      while (table[slot] >= 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = entry;
    }
  }

  /** Visits every piece, in the order in which each was first met. */
  public void forEach(Visitor visitor) {
    for (int entry = 0; entry < size; entry++) {
      visitor.visit(arena, offsets[entry], offsets[entry + 1], counts[entry]);
    }
  }

  /** Of {@code buckets} the one that a piece belongs to, everywhere. */
  int bucket(int entry, int buckets) {
    long hash = hash(arena, offsets[entry], offsets[entry + 1]) & 0xFFFFFFFFL;
    return (int) ((hash * buckets) >>> 32);
  }

  /** The pieces, bucket by bucket. */
  int[] byBucket(int buckets) {
    int[] starts = new int[buckets + 1];
    for (int entry = 0; entry < size; entry++) {
      starts[bucket(entry, buckets) + 1]++;
    }
    for (int i = 0; i < buckets; i++) {
      starts[i + 1] += starts[i];
    }
    int[] entries = new int[size];
    for (int entry = 0; entry < size; entry++) {
      entries[starts[bucket(entry, buckets)]++] = entry;
    }
    return entries;
  }

  /** Adds a piece and its count to a block. */
  void put(int entry, PieceBlock block) {
    block.put(arena, offsets[entry], offsets[entry + 1], counts[entry]);
  }

  /** Forgets the pieces and keeps the memory. */
  void clear() {
    size = 0;
    Arrays.fill(table, -1);
    Arrays.fill(counts, 0);
  }
}
