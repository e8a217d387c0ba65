package io.gristmill.curation.dedup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The leading 128 bits of SHA-256, for one text after the other; not for several threads. */
final class TextDigest {
  private static final VarHandle UTF_16 =
      MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.BIG_ENDIAN);
  private static final int CHUNK = 8192;

  private final MessageDigest sha256 = sha256();
  private final byte[] chunk = new byte[CHUNK];

  /**
   * The digest of a folded text with each run of white space as one blank and none at the ends:
   * equal for exact duplicates and for nothing else.
   *
   * @return high and low half
   */
  long[] of(FoldedText folded) {
    char[] chars = folded.chars();
    int length = folded.length();
    int filled = 0;
    boolean pending = false;
    boolean begun = false;
    for (int i = 0; i < length; i++) {
      char c = chars[i];
      if (blank(c)) {
        pending = begun;
        continue;
      }
      if (filled > CHUNK - 2 * Character.BYTES) {
        sha256.update(chunk, 0, filled);
        filled = 0;
      }
      if (pending) {
        filled = put(' ', filled);
        pending = false;
      }
      filled = put(c, filled);
      begun = true;
    }
    sha256.update(chunk, 0, filled);
    byte[] hash = sha256.digest();
    return new long[] {bigEndian(hash, 0), bigEndian(hash, 8)};
  }

  private int put(char c, int at) {
    UTF_16.set(chunk, at, c);
    return at + Character.BYTES;
  }

  /** White space as the platform has it, asked only where there is some. */
  private static boolean blank(char c) {
    return (c <= ' ' || (c >= '\u1680' && c <= '\u3000')) && Character.isWhitespace(c);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }

  private static long bigEndian(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }
}
