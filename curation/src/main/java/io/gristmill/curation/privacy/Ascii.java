package io.gristmill.curation.privacy;

/**
 * Characters of ASCII by position; positions outside the text hold a character that is none of
 * them. Chinese characters are no letters here, so data that stands right beside them keeps its
 * boundaries.
 */
final class Ascii {
  private static final char OUTSIDE = '\uFFFF';

  private Ascii() {}

  static char at(CharSequence text, int at) {
    return at >= 0 && at < text.length() ? text.charAt(at) : OUTSIDE;
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
}
