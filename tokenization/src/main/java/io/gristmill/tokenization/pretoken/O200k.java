package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.LETTER;
import static io.gristmill.tokenization.pretoken.CharacterClass.LETTER_OR_MARK;
import static io.gristmill.tokenization.pretoken.CharacterClass.LOWER;
import static io.gristmill.tokenization.pretoken.CharacterClass.NEWLINE;
import static io.gristmill.tokenization.pretoken.CharacterClass.NUMBER;
import static io.gristmill.tokenization.pretoken.CharacterClass.UPPER;
import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

import java.util.List;

/** The pattern of o200k: words are also cut where lower case turns into upper case. */
record O200k() implements Pretokenizer {
  private static final String PREFIX = "[^\\r\\n\\p{L}\\p{N}]?";
  private static final String UPPERS = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWERS = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

  @Override
  public String name() {
    return "o200k";
  }

  @Override
  public List<String> regexes() {
    return List.of(
        PREFIX
            + UPPERS
            + "*"
            + LOWERS
            + "+"
            + CONTRACTION
            + "|"
            + PREFIX
            + UPPERS
            + "+"
            + LOWERS
            + "*"
            + CONTRACTION
            + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");
  }

  @Override
  public int end(byte[] utf8, int from, int to) {
    int first = CharacterClass.at(utf8, from, to);
    int second = from + (first >> 8);
    if ((first & NUMBER) != 0) {
      return Scan.run(utf8, second, to, NUMBER, 2);
    }
    int next = second < to ? CharacterClass.at(utf8, second, to) : 0;
    boolean prefixed = (first & (LETTER | NEWLINE)) == 0 && (next & LETTER_OR_MARK) != 0;
    if (prefixed || (first & LETTER_OR_MARK) != 0) {
      return Scan.contraction(utf8, word(utf8, from, prefixed ? second : from, to, first), to);
    }
    if ((first & WHITE) == 0) {
      return others(utf8, second, to);
    }
    if (utf8[from] == ' ' && second < to && (next & (WHITE | LETTER | NUMBER)) == 0) {
      return others(utf8, second, to);
    }
    return Scan.white(utf8, from, to, 0);
  }

  /**
   * The first of the four ways that matches: ending in lower case or not, after a prefix or not.
   */
  private static int word(byte[] utf8, int from, int afterPrefix, int to, int first) {
    int end = endingLower(utf8, afterPrefix, to);
    if (end < 0 && afterPrefix > from && (first & LETTER_OR_MARK) != 0) {
      end = endingLower(utf8, from, to);
    }
    return end < 0 ? Scan.run(utf8, afterPrefix, to, UPPER) : end;
  }

  /** The end of {@code UPPERS*LOWERS+}, or -1: what is both may be given back to the second. */
  private static int endingLower(byte[] utf8, int from, int to) {
    int afterBoth = -1;
    int i = from;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & UPPER) == 0) {
        if ((c & LOWER) != 0) {
          return lowers(utf8, i, to);
        }
        break;
      }
      i += c >> 8;
      if ((c & LOWER) != 0) {
        i = Scan.han(utf8, i, to);
        afterBoth = i;
      }
    }
    return afterBoth;
  }

  /** {@code LOWERS*}. */
  private static int lowers(byte[] utf8, int from, int to) {
    int i = Scan.asciiLowercase(utf8, from, to);
    return i < to && utf8[i] < 0 ? Scan.run(utf8, i, to, LOWER) : i;
  }

  /** {@code [^\s\p{L}\p{N}]*[\r\n/]*}. */
  private static int others(byte[] utf8, int from, int to) {
    int i = Scan.runWithout(utf8, from, to, WHITE | LETTER | NUMBER);
    while (i < to && (utf8[i] == '\r' || utf8[i] == '\n' || utf8[i] == '/')) {
      i++;
    }
    return i;
  }
}
