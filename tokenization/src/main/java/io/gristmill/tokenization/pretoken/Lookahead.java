package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

/** How far the hand-written scanners look beyond the end of a piece. */
public final class Lookahead {
  /** Two characters, or an apostrophe and a contraction of two letters. */
  private static final int MOST_BYTES = 8;

  private Lookahead() {}

  /**
   * Where the part of a text begins that may be cut otherwise when more text follows: a piece that
   * ends at or before it will not change. White space looks for what comes after its run, which is
   * why a run at the end is not settled, and neither is a character whose last bytes are missing.
   *
   * @param from the start of the text, which is also the least result
   * @param to the end of what is known of it
   */
  public static int settled(byte[] utf8, int from, int to) {
    int end = to;
    while (end > from) {
      int begin = end - 1;
      while (begin > from && end - begin < 4 && (utf8[begin] & 0xC0) == 0x80) {
        begin--;
      }
      int c = CharacterClass.at(utf8, begin, to);
      boolean missing = utf8[begin] < (byte) 0xF8 && utf8[begin] >= (byte) 0xC2 && (c >> 8) == 1;
      if ((c & WHITE) == 0 && !(end == to && missing)) {
        break;
      }
      end = begin;
    }
    return Math.max(from, end - MOST_BYTES);
  }
}
