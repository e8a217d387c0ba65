package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.CJK;
import static io.gristmill.tokenization.pretoken.CharacterClass.LETTER_OR_MARK;
import static io.gristmill.tokenization.pretoken.CharacterClass.NEWLINE;
import static io.gristmill.tokenization.pretoken.CharacterClass.NUMBER;
import static io.gristmill.tokenization.pretoken.CharacterClass.SYMBOL;
import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

import java.util.List;

/**
 * The pattern of DeepSeek-V3: numbers by three digits, Han and kana by themselves, then words,
 * punctuation and white space. Its first two splits act on the third as ends of text; the third
 * also cuts what the second found, so that the middle dot of katakana is a piece of its own.
 */
record DeepSeekV3() implements Pretokenizer {
  @Override
  public String name() {
    return "deepseek-v3";
  }

  @Override
  public List<String> regexes() {
    return List.of(
        "\\p{N}{1,3}",
        "[一-龥぀-ゟ゠-ヿ]+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
            + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
            + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");
  }

  @Override
  public int end(byte[] utf8, int from, int to) {
    int first = CharacterClass.at(utf8, from, to);
    int second = from + (first >> 8);
    if ((first & NUMBER) != 0) {
      return Scan.run(utf8, second, to, NUMBER, 2);
    }
    int cjk = first & CJK;
    if ((first & LETTER_OR_MARK) != 0) {
      return word(utf8, second, to, cjk);
    }
    if ((first & SYMBOL) != 0) {
      int letters = utf8[from] >= 0 ? Scan.asciiLetters(utf8, second, to) : second;
      return letters > second ? letters : symbols(utf8, second, to, cjk);
    }
    int next = second < to ? CharacterClass.at(utf8, second, to) : 0;
    if ((first & NEWLINE) == 0 && (next & LETTER_OR_MARK) != 0 && (next & CJK) == cjk) {
      return word(utf8, second + (next >> 8), to, cjk);
    }
    if (utf8[from] == ' ' && (next & SYMBOL) != 0 && (next & CJK) == 0) {
      return symbols(utf8, second + (next >> 8), to, cjk);
    }
    return (first & WHITE) != 0
        ? Scan.white(utf8, from, to, NUMBER | CJK)
        : unmatched(utf8, second, to, cjk);
  }

  /** {@code [\p{L}\p{M}]*}, up to where Han and kana begin or end. */
  private static int word(byte[] utf8, int from, int to, int cjk) {
    int i = cjk == 0 ? Scan.asciiLetters(utf8, from, to) : Scan.han(utf8, from, to);
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & LETTER_OR_MARK) == 0 || (c & CJK) != cjk) {
        break;
      }
      i += c >> 8;
    }
    return i;
  }

  /** {@code [\p{P}\p{S}]*[\r\n]*}, up to where Han and kana begin or end. */
  private static int symbols(byte[] utf8, int from, int to, int cjk) {
    int i = from;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & SYMBOL) == 0 || (c & CJK) != cjk) {
        break;
      }
      i += c >> 8;
    }
    return cjk == 0 ? Scan.run(utf8, i, to, NEWLINE) : i;
  }

  /** What no alternative matches (controls, unassigned) is one piece up to where one does. */
  private static int unmatched(byte[] utf8, int from, int to, int cjk) {
    int i = from;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & (NUMBER | LETTER_OR_MARK | SYMBOL | WHITE)) != 0 || (c & CJK) != cjk) {
        break;
      }
      int after = i + (c >> 8);
      if (after < to) {
        int next = CharacterClass.at(utf8, after, to);
        if ((next & LETTER_OR_MARK) != 0 && (next & CJK) == cjk) {
          break;
        }
      }
      i = after;
    }
    return i;
  }
}
