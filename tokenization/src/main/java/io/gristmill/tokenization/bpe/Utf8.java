package io.gristmill.tokenization.bpe;

/** Characters of UTF-8 bytes. */
final class Utf8 {
  private Utf8() {}

  /** Whether the byte can be the first of a character. */
  static boolean begins(byte unit) {
    return (unit & 0xC0) != 0x80;
  }

  /** How many bytes a character has that begins with the byte. */
  static int length(byte first) {
    return first >= 0 ? 1 : first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
  }

  /** The character at {@code i}, or -1 if it is not whole or not well-formed before {@code to}. */
  static int character(byte[] utf8, int i, int to) {
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
}
