package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Tokens;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tokens of short pieces met lately: pieces of at most {@value #MOST_BYTES} bytes that became
 * at most {@value #MOST_TOKENS} tokens. Grows with the pieces met to four megabytes, whatever the
 * text; a set of two entries is one cache line, and of the two the older one makes room. Not
 * thread-safe.
 *
 * <p>An entry is four longs: the first and the last eight bytes of the piece (of a piece of up to
 * eight the bytes and zero), then length, number of tokens and ids. Bytes and length tell pieces
 * apart exactly, so a hit is never another piece's.
 */
final class PieceCache {
  static final int MOST_BYTES = 16;
  static final int MOST_TOKENS = 5;

  private static final int ENTRY = 4;
  private static final int SET = 2 * ENTRY;
  private static final int FEWEST_SET_BITS = 8;
  private static final int MOST_SET_BITS = 16;
  private static final int LENGTH_BITS = 5;
  private static final int COUNT_BITS = 3;
  private static final int ID_BITS = 21;
  private static final int FIRST_ID = LENGTH_BITS + COUNT_BITS;
  private static final int SECOND_ID = FIRST_ID + ID_BITS;
  private static final long ID_MASK = (1L << ID_BITS) - 1;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private int setBits = FEWEST_SET_BITS;
  private long[] entries = new long[SET << setBits];
  private int puts;

  /** Appends the tokens of a piece of 1 to {@value #MOST_BYTES} bytes, if they are here. */
  boolean find(byte[] utf8, int from, int to, Tokens target) {
    int length = to - from;
    long first = first(utf8, from, length);
    long last = last(utf8, to, length);
    int at = set(first, last, length);
    long head = entries[at + 2];
    if (entries[at] != first || entries[at + 1] != last || (head & 31) != length) {
      at += ENTRY;
      head = entries[at + 2];
      if (entries[at] != first || entries[at + 1] != last || (head & 31) != length) {
        return false;
      }
    }
    target.add((int) ((head >>> FIRST_ID) & ID_MASK));
    int count = (int) (head >>> LENGTH_BITS) & 7;
    if (count > 1) {
      target.add((int) (head >>> SECOND_ID));
      long tail = entries[at + 3];
      for (int i = 2; i < count; i++) {
        target.add((int) (tail & ID_MASK));
        tail >>>= ID_BITS;
      }
    }
    return true;
  }

  /** Keeps the tokens of a piece, 1 to {@value #MOST_TOKENS} of them. */
  void put(byte[] utf8, int from, int to, int[] tokens, int count) {
    int length = to - from;
    long head = 0;
    long tail = 0;
    for (int i = count - 1; i >= 0; i--) {
      if (tokens[i] > ID_MASK) {
        return;
      }
      if (i >= 2) {
        tail = (tail << ID_BITS) | tokens[i];
      } else {
        head = (head << ID_BITS) | tokens[i];
      }
    }
    if (++puts > 1 << setBits && setBits < MOST_SET_BITS) {
      grow();
    }
    put(
        first(utf8, from, length),
        last(utf8, to, length),
        (((head << COUNT_BITS) | count) << LENGTH_BITS) | length,
        tail);
  }

  private void put(long first, long last, long head, long tail) {
    int at = set(first, last, (int) head & 31);
    System.arraycopy(entries, at, entries, at + ENTRY, ENTRY);
    entries[at] = first;
    entries[at + 1] = last;
    entries[at + 2] = head;
    entries[at + 3] = tail;
  }

  private void grow() {
    long[] old = entries;
    setBits += 2;
    entries = new long[SET << setBits];
    for (int at = 0; at < old.length; at += ENTRY) {
      if (old[at + 2] != 0) {
        put(old[at], old[at + 1], old[at + 2], old[at + 3]);
      }
    }
  }

  private int set(long first, long last, int length) {
    long mixed = ((first * 0x9E3779B97F4A7C15L) ^ (last + length)) * 0xD1342543DE82EF95L;
    return (int) (mixed >>> (64 - setBits)) * SET;
  }

  private static long first(byte[] utf8, int from, int length) {
    if (length >= 8) {
      return (long) LONGS.get(utf8, from);
    }
    if (from + 8 <= utf8.length) {
      return (long) LONGS.get(utf8, from) & ((1L << (8 * length)) - 1);
    }
    long bytes = 0;
    for (int i = from + length - 1; i >= from; i--) {
      bytes = (bytes << 8) | (utf8[i] & 0xFF);
    }
    return bytes;
  }

  private static long last(byte[] utf8, int to, int length) {
    return length > 8 ? (long) LONGS.get(utf8, to - 8) : 0;
  }
}
