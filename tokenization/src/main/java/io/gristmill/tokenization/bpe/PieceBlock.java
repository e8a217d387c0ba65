package io.gristmill.tokenization.bpe;

import java.util.Arrays;

/**
 * Many pieces and their counts as one array of bytes, which travels faster than a row for each:
 * length, bytes, count, and so on, numbers in groups of 7 bits, the lowest first.
 */
final class PieceBlock {
  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** Bytes taken so far. */
  int size() {
    return size;
  }

  void put(byte[] piece, int from, int to, long count) {
    int length = to - from;
    if (bytes.length - size < length + 20) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length + 20));
    }
    putNumber(length);
    System.arraycopy(piece, from, bytes, size, length);
    size += length;
    putNumber(count);
  }

  private void putNumber(long number) {
    long left = number;
    while (left >= 0x80) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  /** The block, which is empty again afterwards. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }

  /** Visits every piece of a block. */
  static void forEach(byte[] block, PieceCounts.Visitor visitor) {
    int i = 0;
    while (i < block.length) {
      int from = afterNumber(block, i);
      int to = from + (int) number(block, i);
      visitor.visit(block, from, to, number(block, to));
      i = afterNumber(block, to);
    }
  }

  private static long number(byte[] block, int at) {
    long number = 0;
    int i = at;
    int shift = 0;
    while (block[i] < 0) {
      number |= (long) (block[i++] & 0x7F) << shift;
      shift += 7;
    }
    return number | (long) block[i] << shift;
  }

  private static int afterNumber(byte[] block, int at) {
    int i = at;
    while (block[i] < 0) {
      i++;
    }
    return i + 1;
  }
}
