package io.gristmill.curation.privacy;

/**
 * Characters of ASCII by position; positions outside the text hold a character that is none of
 * them. Full-width digits, letters and signs ({@code １３８－…＠}) count as their ASCII forms. Chinese
 * characters are no letters here, so data that stands right beside them keeps its boundaries.
 */
final class Ascii {
  private static final char OUTSIDE = '\uFFFF';
  private static final char FULL_WIDTH = '\uFEE0'; // 0xFF01 - 0x21
  private static final char LAST_FULL_WIDTH = '\uFF5E';
  private static final char FULL_WIDTH_COLON = '\uFF1A';

  private Ascii() {}

  static char at(CharSequence text, int at) {
    return at >= 0 && at < text.length() ? narrow(text.charAt(at)) : OUTSIDE;
  }

  /** The ASCII form of a full-width one, but of the colon, which ends a word in Chinese text. */
  static char narrow(char c) {
    return c > FULL_WIDTH + ' ' && c <= LAST_FULL_WIDTH && c != FULL_WIDTH_COLON
        ? (char) (c - FULL_WIDTH)
        : c;
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
  }

  static boolean alphanumeric(char c) {
    return digit(c) || letter(c);
  }

  static boolean hexadecimal(char c) {
    return digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f' && c < 0x80);
  }

  /** Where the run of digits that begins at {@code from} ends, at most {@code most} digits on. */
  static int digitsEnd(CharSequence text, int from, int most) {
    int at = from;
    while (at < from + most && digit(at(text, at))) {
      at++;
    }
    return at;
  }

  static boolean wordPart(char c) {
    return alphanumeric(c) || c == '_';
  }

  /** A number of decimal digits; they must be there. */
  static int number(CharSequence text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + at(text, at) - '0';
    }
    return number;
  }

  /** Whether what ends at {@code end} does not go on as a word or a decimal fraction. */
  static boolean ends(CharSequence text, int end) {
    char after = at(text, end);
    boolean fraction = after == '.' && digit(at(text, end + 1));
    return !wordPart(after) && !fraction;
  }
}
