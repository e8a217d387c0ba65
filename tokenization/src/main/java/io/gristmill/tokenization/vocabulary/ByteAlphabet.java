package io.gristmill.tokenization.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/**
 * The 256 printable characters that stand for the bytes in the files of byte-level BPE: bytes
 * 33-126, 161-172 and 174-255 are themselves, the other 68, ascending, are U+0100 and on.
 */
public final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];
  private static final int[] BYTES = new int[0x100 + 68];

  static {
    Arrays.fill(BYTES, -1);
    int remapped = 0;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
      CHARACTERS[b] = (char) (printable ? b : 0x100 + remapped++);
      BYTES[CHARACTERS[b]] = b;
    }
  }

  private ByteAlphabet() {}

  /** The character of a byte, of which the low 8 bits are read. */
  public static char character(int b) {
    return CHARACTERS[b & 0xFF];
  }

  /** The bytes as characters of the alphabet, one each. */
  public static String encode(byte[] bytes) {
    char[] characters = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      characters[i] = character(bytes[i]);
    }
    return new String(characters);
  }

  /** The bytes that {@code characters} stand for; empty if one is not of the alphabet. */
  public static Optional<byte[]> decode(String characters) {
    byte[] bytes = new byte[characters.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = characters.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) BYTES[c];
    }
    return Optional.of(bytes);
  }

  /** The 256 byte values in the order of their characters: '!' first, the remapped ones last. */
  public static int[] bytesInOrder() {
    int[] bytes = new int[256];
    int n = 0;
    for (int b : BYTES) {
      if (b >= 0) {
        bytes[n++] = b;
      }
    }
    return bytes;
  }
}
