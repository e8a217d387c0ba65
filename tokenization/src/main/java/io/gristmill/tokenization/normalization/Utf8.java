package io.gristmill.tokenization.normalization;

/** Characters in UTF-8 bytes, and which bytes are well-formed (Unicode 16, table 3-7). */
public final class Utf8 {
  /** What stands for a character where there is none. */
  public static final int NONE = -1;

  private Utf8() {}

  /** How many bytes a character takes; 1 where there is none. */
  public static int lengthOf(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }

  /** The length in bytes of the well-formed character at {@code i}, or 0 if there is none. */
  public static int length(byte[] utf8, int i, int to) {
    int lead = utf8[i];
    if (lead >= 0) {
      return 1;
    }
    int left = to - i;
    if (lead >= (byte) 0xC2 && lead <= (byte) 0xDF) {
      return left >= 2 && continues(utf8[i + 1]) ? 2 : 0;
    }
    if ((lead & 0xF0) == 0xE0) {
      if (left < 3 || !continues(utf8[i + 1]) || !continues(utf8[i + 2])) {
        return 0;
      }
      int character = (lead & 0xF) << 12 | (utf8[i + 1] & 0x3F) << 6;
      return character >= 0x800 && (character & 0xF800) != 0xD800 ? 3 : 0;
    }
    if ((lead & 0xF8) == 0xF0 && left >= 4 && continues(utf8[i + 1])) {
      int character = (lead & 0x7) << 18 | (utf8[i + 1] & 0x3F) << 12;
      boolean inRange = character >= 0x10000 && character <= Character.MAX_CODE_POINT;
      return inRange && continues(utf8[i + 2]) && continues(utf8[i + 3]) ? 4 : 0;
    }
    return 0;
  }

  /** The end of the well-formed characters that begin at {@code from}. */
  public static int wellFormedEnd(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to) {
      int length = length(utf8, i, to);
      if (length == 0) {
        break;
      }
      i += length;
    }
    return i;
  }

  /** The end of the bytes at {@code from} that begin no well-formed character. */
  public static int illFormedEnd(byte[] utf8, int from, int to) {
    int i = from;
    while (i < to && length(utf8, i, to) == 0) {
      i++;
    }
    return i;
  }

  /** Whether the byte can be the first of a character. */
  public static boolean begins(byte unit) {
    return (unit & 0xC0) != 0x80;
  }

  /** How many bytes a character has that begins with the byte, if it is well-formed. */
  public static int length(byte first) {
    return first >= 0 ? 1 : first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
  }

  /**
   * The character at {@code i}, or {@link #NONE} if it is not whole or not well-formed before
   * {@code to}.
   */
  public static int character(byte[] utf8, int i, int to) {
    int first = utf8[i];
    if (first >= 0) {
      return first;
    }
    if ((first & 0xF0) == 0xE0) {
      if (to - i < 3 || begins(utf8[i + 1]) || begins(utf8[i + 2])) {
        return -1;
      }
      int character = (first & 0xF) << 12 | (utf8[i + 1] & 0x3F) << 6 | (utf8[i + 2] & 0x3F);
      return character >= 0x800 && (character & 0xF800) != 0xD800 ? character : -1;
    }
    if ((first & 0xE0) == 0xC0) {
      if (to - i < 2 || begins(utf8[i + 1])) {
        return -1;
      }
      int character = (first & 0x1F) << 6 | (utf8[i + 1] & 0x3F);
      return character >= 0x80 ? character : -1;
    }
    if ((first & 0xF8) != 0xF0
        || to - i < 4
        || begins(utf8[i + 1])
        || begins(utf8[i + 2])
        || begins(utf8[i + 3])) {
      return -1;
    }
    int character =
        (first & 0x7) << 18
            | (utf8[i + 1] & 0x3F) << 12
            | (utf8[i + 2] & 0x3F) << 6
            | (utf8[i + 3] & 0x3F);
    return character >= 0x10000 && character <= Character.MAX_CODE_POINT ? character : -1;
  }

  private static boolean continues(byte b) {
    return !begins(b);
  }
}
