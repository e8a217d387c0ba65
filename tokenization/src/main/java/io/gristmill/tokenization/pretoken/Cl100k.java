package io.gristmill.tokenization.pretoken;

import static io.gristmill.tokenization.pretoken.CharacterClass.LETTER;
import static io.gristmill.tokenization.pretoken.CharacterClass.NEWLINE;
import static io.gristmill.tokenization.pretoken.CharacterClass.NUMBER;
import static io.gristmill.tokenization.pretoken.CharacterClass.WHITE;

import java.util.List;

/**
 * The pattern of cl100k and its descendants in Llama 3 and Qwen 2: a word takes one character
 * before it that is neither letter, number nor newline. The regex of cl100k is written without its
 * possessive quantifiers and {@code $}, which Oniguruma, the engine of Hugging Face, reads
 * otherwise.
 *
 * @param maxDigits numbers are cut after this many digits
 * @param keepsLastWhite whether white space that ends the text is one piece even with newlines
 */
record Cl100k(String name, int maxDigits, boolean keepsLastWhite, List<String> regexes)
    implements Pretokenizer {
  static final Cl100k CL100K =
      new Cl100k(
          "cl100k",
          3,
          true,
          List.of(
              "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                  + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+\\z|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"));
  static final Cl100k LLAMA_BPE = new Cl100k("llama-bpe", 3, false, List.of(regex("\\p{N}{1,3}")));
  static final Cl100k QWEN2 = new Cl100k("qwen2", 1, false, List.of(regex("\\p{N}")));

  private static String regex(String number) {
    return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + number
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }

  @Override
  public int end(byte[] utf8, int from, int to) {
    int first = CharacterClass.at(utf8, from, to);
    int second = from + (first >> 8);
    if ((first & LETTER) != 0) {
      return Scan.letters(utf8, second, to, LETTER);
    }
    if ((first & NUMBER) != 0) {
      return Scan.run(utf8, second, to, NUMBER, maxDigits - 1);
    }
    int contraction = Scan.contraction(utf8, from, to);
    if (contraction > from) {
      return contraction;
    }
    int next = second < to ? CharacterClass.at(utf8, second, to) : 0;
    if ((first & NEWLINE) == 0 && (next & LETTER) != 0) {
      return Scan.letters(utf8, second + (next >> 8), to, LETTER);
    }
    if ((first & WHITE) == 0) {
      return others(utf8, second, to);
    }
    if (utf8[from] == ' ' && second < to && (next & (WHITE | LETTER | NUMBER)) == 0) {
      return others(utf8, second, to);
    }
    if (keepsLastWhite && Scan.run(utf8, second, to, WHITE) == to) {
      return to;
    }
    return Scan.white(utf8, from, to, 0);
  }

  /** {@code [^\s\p{L}\p{N}]*[\r\n]*}. */
  private static int others(byte[] utf8, int from, int to) {
    return Scan.run(utf8, Scan.runWithout(utf8, from, to, WHITE | LETTER | NUMBER), to, NEWLINE);
  }
}
