package io.gristmill.tokenization.sentencepiece;

/** UTF-8 by its bytes. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the well-formed character at {@code at} has, 0 if it is malformed. */
  static int length(byte[] text, int at, int to) {
    int first = text[at];
    if (first >= 0) {
      return 1;
    }
    if ((first & 0xE0) == 0xC0) {
      return to - at >= 2 && (first & 0x1E) != 0 && isTrail(text[at + 1]) ? 2 : 0;
    }
    if ((first & 0xF0) == 0xE0) {
      if (to - at < 3 || !isTrail(text[at + 1]) || !isTrail(text[at + 2])) {
        return 0;
      }
      int codePoint = codePoint(text, at);
      return codePoint >= 0x800 && (codePoint < 0xD800 || codePoint > 0xDFFF) ? 3 : 0;
    }
    if ((first & 0xF8) == 0xF0) {
      if (to - at < 4
          || !isTrail(text[at + 1])
          || !isTrail(text[at + 2])
          || !isTrail(text[at + 3])) {
        return 0;
      }
      int codePoint = codePoint(text, at);
      return codePoint >= 0x10000 && codePoint <= Character.MAX_CODE_POINT ? 4 : 0;
    }
    return 0;
  }

  /** How many bytes a well-formed character has that begins with {@code first}. */
  static int length(byte first) {
    return first >= 0 ? 1 : first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
  }

  /** The well-formed character at {@code at}. */
  static int codePoint(byte[] text, int at) {
    int first = text[at];
    if (first >= 0) {
      return first;
    }
    if (first < (byte) 0xE0) {
      return (first & 0x1F) << 6 | (text[at + 1] & 0x3F);
    }
    int upper = text[at + 1] & 0x3F;
    int middle = text[at + 2] & 0x3F;
    if (first < (byte) 0xF0) {
      return (first & 0x0F) << 12 | upper << 6 | middle;
    }
    return (first & 0x07) << 18 | upper << 12 | middle << 6 | (text[at + 3] & 0x3F);
  }

  private static boolean isTrail(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
