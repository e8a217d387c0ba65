package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.LETTER;
import static io.gristmill.tokenization.pretoken.CharacterClass.NUMBER;
import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

import java.util.List;

/** The pattern of GPT-2: contractions, then letters, numbers or others, each after one space. */
record Gpt2() implements Pretokenizer {
  @Override
  public String name() {
    return "gpt-2";
  }

  @Override
  public List<String> regexes() {
    return List.of(
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");
  }

  @Override
  public int end(byte[] utf8, int from, int to) {
    int i = from;
    int c = CharacterClass.at(utf8, i, to);
    if (utf8[i] == '\'') {
      int contraction = contraction(utf8, from, to);
      if (contraction > from) {
        return contraction;
      }
    } else if (utf8[i] == ' ' && i + 1 < to) {
      int next = CharacterClass.at(utf8, i + 1, to);
      if ((next & WHITE) == 0) {
        i++;
        c = next;
      }
    }
    int rest = i + (c >> 8);
    if ((c & LETTER) != 0) {
      return Scan.letters(utf8, rest, to, LETTER);
    }
    if ((c & NUMBER) != 0) {
      return Scan.run(utf8, rest, to, NUMBER);
    }
    if ((c & WHITE) == 0) {
      return Scan.runWithout(utf8, rest, to, LETTER | NUMBER | WHITE);
    }
    return white(utf8, from, to);
  }

  /** {@code \s+(?!\S)|\s+}: here a newline is white space like any other. */
  private static int white(byte[] utf8, int from, int to) {
    int last = from;
    int i = from;
    while (i < to) {
      int c = CharacterClass.at(utf8, i, to);
      if ((c & WHITE) == 0) {
        return last == from ? i : last;
      }
      last = i;
      i += c >> 8;
    }
    return i;
  }

  private static int contraction(byte[] utf8, int from, int to) {
    int left = to - from;
    if (left < 2) {
      return from;
    }
    byte first = utf8[from + 1];
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return from + 2;
    }
    if (left < 3) {
      return from;
    }
    byte second = utf8[from + 2];
    return ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l')
        ? from + 3
        : from;
  }
}
