package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.NEWLINE;
import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Steps that several scanners share: runs of a class, white space, English contractions. */
final class Scan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

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

  /**
   * The end of the run of characters that have any of {@code classes}, which must include all
   * letters: ASCII eight bytes at a time, Han without a look at the table.
   */
  static int letters(byte[] utf8, int from, int to, int classes) {
    int i = from;
    while (true) {
      i = asciiLetters(utf8, i, to);
      if (i == to || utf8[i] >= 0) {
        return i;
      }
      i = han(utf8, i, to);
      if (i < to && utf8[i] < 0) {
        int c = CharacterClass.at(utf8, i, to);
        if ((c & classes) == 0) {
          return i;
        }
        i += c >> 8;
      }
    }
  }

  /** The end of the run of {@code [A-Za-z]}. */
  static int asciiLetters(byte[] utf8, int from, int to) {
    int i = from;
    while (i <= to - 8) {
      long bytes = (long) LONGS.get(utf8, i);
      int letters = Long.numberOfTrailingZeros(outside(bytes | 0x20 * ONES, 'a', 'z')) >> 3;
      i += letters;
      if (letters < 8) {
        return i;
      }
    }
    while (i < to && (utf8[i] | 0x20) >= 'a' && (utf8[i] | 0x20) <= 'z') {
      i++;
    }
    return i;
  }

  /** The end of the run of {@code [a-z]}. */
  static int asciiLowercase(byte[] utf8, int from, int to) {
    int i = from;
    while (i <= to - 8) {
      int letters = Long.numberOfTrailingZeros(outside((long) LONGS.get(utf8, i), 'a', 'z')) >> 3;
      i += letters;
      if (letters < 8) {
        return i;
      }
    }
    while (i < to && utf8[i] >= 'a' && utf8[i] <= 'z') {
      i++;
    }
    return i;
  }

  /** The highest bit of each of eight bytes that is not in the ASCII range; the others zero. */
  private static long outside(long bytes, char first, char last) {
    long seven = bytes & ~HIGH;
    long fromFirst = seven + (0x80 - first) * ONES;
    long beyondLast = seven + (0x7F - last) * ONES;
    return (~fromFirst | beyondLast | bytes) & HIGH;
  }

  /** The end of the run of U+4E00 to U+9FA5, which are letters, upper and lower case, and CJK. */
  static int han(byte[] utf8, int from, int to) {
    int i = from;
    while (i <= to - 3) {
      int first = utf8[i];
      int second = utf8[i + 1];
      int third = utf8[i + 2];
      int character = (first & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F);
      if ((first & 0xF0) != 0xE0
          || ((second & third & 0x80) | ((second | third) & 0x40)) != 0x80
          || character < 0x4E00
          || character > 0x9FA5) {
        break;
      }
      i += 3;
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
