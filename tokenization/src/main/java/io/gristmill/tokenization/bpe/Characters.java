package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.normalization.Utf8;

/** Characters around a place in UTF-8 text. */
final class Characters {
  /** Where there is no well-formed character. */
  private static final int NONE = -1;

  private Characters() {}

  /** The character that begins at {@code i}, or {@link #NONE}. */
  static int at(byte[] utf8, int i, int to) {
    return i < to ? Utf8.character(utf8, i, to) : NONE;
  }

  /** The character that ends at {@code i}, or {@link #NONE}. */
  static int before(byte[] utf8, int from, int i) {
    for (int start = i - 1; start >= Math.max(from, i - 4); start--) {
      if (Utf8.length(utf8, start, i) == i - start) {
        return at(utf8, start, i);
      }
    }
    return NONE;
  }

  /** Where the white space that ends at {@code i} begins. */
  static int whiteBefore(byte[] utf8, int from, int i) {
    int start = i;
    for (int c = before(utf8, from, start); isWhite(c); c = before(utf8, from, start)) {
      start -= length(c);
    }
    return start;
  }

  /** Where the white space that begins at {@code i} ends. */
  static int whiteAfter(byte[] utf8, int i, int to) {
    int end = i;
    for (int c = at(utf8, end, to); isWhite(c); c = at(utf8, end, to)) {
      end += length(c);
    }
    return end;
  }

  /** The \w of Unicode (UTS 18, annex C). */
  static boolean isWord(int c) {
    return c != NONE
        && (Character.isAlphabetic(c)
            || Character.getType(c) == Character.NON_SPACING_MARK
            || Character.getType(c) == Character.ENCLOSING_MARK
            || Character.getType(c) == Character.COMBINING_SPACING_MARK
            || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
            || Character.getType(c) == Character.CONNECTOR_PUNCTUATION
            || c == 0x200C
            || c == 0x200D);
  }

  /** The White_Space property; Java's own notions of it leave out no-break spaces and U+0085. */
  private static boolean isWhite(int c) {
    return (c >= 0x9 && c <= 0xD) || c == 0x85 || (c != NONE && Character.isSpaceChar(c));
  }

  /** In bytes; no white space is beyond three. */
  private static int length(int white) {
    return white < 0x80 ? 1 : white < 0x800 ? 2 : 3;
  }
}
