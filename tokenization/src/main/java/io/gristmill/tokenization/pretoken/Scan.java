package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.NEWLINE;
import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

/** Steps that several scanners share: runs of a class, white space, English contractions. */
final class Scan {
  private Scan() {}

  /** The end of the run of characters that have any of {@code classes}. */
  static int run(byte[] utf8, int from, int to, int classes) {
    int i = from;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & classes) == 0) {
        break;
      }
      i += c >> 8;
    }
    return i;
  }

  /** The end of the run of characters that have none of {@code classes}. */
  static int runWithout(byte[] utf8, int from, int to, int classes) {
    int i = from;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & classes) != 0) {
        break;
      }
      i += c >> 8;
    }
    return i;
  }

  /** The end of at most {@code most} characters that have any of {@code classes}. */
  static int run(byte[] utf8, int from, int to, int classes, int most) {
    int i = from;
    for (int taken = 0; taken < most && i < to; taken++) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & classes) == 0) {
        break;
      }
      i += c >> 8;
    }
    return i;
  }

  /**
   * {@code \s*[\r\n]+|\s+(?!\S)|\s+} at a white character: through the last newline of the white
   * run, or all of it where the text ends, or all but the last character, which joins what follows.
   *
   * @param stop classes at which the text counts as ended
   */
  static int white(byte[] utf8, int from, int to, int stop) {
    int last = from;
    int i = from;
    int afterNewline = -1;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & WHITE) == 0) {
        if (afterNewline >= 0) {
          return afterNewline;
        }
        return (c & stop) != 0 || last == from ? i : last;
      }
      last = i;
      i += c >> 8;
      if ((c & NEWLINE) != 0) {
        afterNewline = i;
      }
    }
    return afterNewline >= 0 ? afterNewline : i;
  }

  /** The end of {@code '(?i:[sdmt]|ll|ve|re)} at {@code from}, or {@code from} itself. */
  static int contraction(byte[] utf8, int from, int to) {
    if (to - from < 2 || utf8[from] != '\'') {
      return from;
    }
    int first = utf8[from + 1] | 0x20;
    if (utf8[from + 1] >= 0) {
      if (first == 's' || first == 'd' || first == 'm' || first == 't') {
        return from + 2;
      }
      if (to - from >= 3 && utf8[from + 2] >= 0) {
        int second = utf8[from + 2] | 0x20;
        if ((first == 'l' && second == 'l') || ((first == 'v' || first == 'r') && second == 'e')) {
          return from + 3;
        }
      }
      return from;
    }
    // U+017F, the long s, folds to s.
    return to - from >= 3 && utf8[from + 1] == (byte) 0xC5 && utf8[from + 2] == (byte) 0xBF
        ? from + 3
        : from;
  }
}
