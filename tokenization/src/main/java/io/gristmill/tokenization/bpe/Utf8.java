package io.gristmill.tokenization.bpe;

import java.nio.charset.StandardCharsets;

/** Characters of UTF-8 text. */
final class Utf8 {
  /** What is not a character. */
  static final int DAMAGE = -1;

  private Utf8() {}

  static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** The bytes that a character takes. */
  static int length(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }

  static byte[] bytes(int character) {
    return Character.toString(character).getBytes(StandardCharsets.UTF_8);
  }

  /** The well-formed character that begins at {@code i}, or {@link #DAMAGE}. */
  static int characterAt(byte[] utf8, int i, int to) {
    int lead = utf8[i];
    if (lead >= 0) {
      return lead;
    }
    if ((lead & 0xE0) == 0xC0) {
      return checked((lead & 0x1F) << 6, utf8, i, to, 2);
    }
    if ((lead & 0xF0) == 0xE0) {
      return checked((lead & 0xF) << 12, utf8, i, to, 3);
    }
    return (lead & 0xF8) == 0xF0 ? checked((lead & 0x7) << 18, utf8, i, to, 4) : DAMAGE;
  }

  private static int checked(int high, byte[] utf8, int i, int to, int length) {
    if (to - i < length) {
      return DAMAGE;
    }
    int character = high;
    for (int n = 1; n < length; n++) {
      if (!isContinuation(utf8[i + n])) {
        return DAMAGE;
      }
      character |= (utf8[i + n] & 0x3F) << (6 * (length - 1 - n));
    }
    boolean wellFormed =
        length(character) == length
            && character <= Character.MAX_CODE_POINT
            && (character & 0xFFFFF800) != 0xD800;
    return wellFormed ? character : DAMAGE;
  }
}
