package io.gristmill.tokenization.normalization;

/** Which bytes are well-formed UTF-8 (Unicode 16, table 3-7). */
public final class Utf8 {
  private Utf8() {}

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

  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
