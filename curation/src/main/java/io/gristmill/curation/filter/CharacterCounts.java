package io.gristmill.curation.filter;

import static io.gristmill.curation.text.Characters.ALPHABETIC;
import static io.gristmill.curation.text.Characters.DICTIONARY;
import static io.gristmill.curation.text.Characters.DIGIT;
import static io.gristmill.curation.text.Characters.HAN;
import static io.gristmill.curation.text.Characters.NOISE;
import static io.gristmill.curation.text.Characters.PUNCTUATION;
import static io.gristmill.curation.text.Characters.SPACE;
import static io.gristmill.curation.text.Characters.SYMBOL;

import io.gristmill.curation.text.Characters;
import java.util.Arrays;

/** What the characters of a text are, one by one, and how varied they are. */
final class CharacterCounts {
  /**
   * Longer texts repeat characters by nature; the share of different ones is that of the beginning.
   */
  private static final int UNIQUE_AMONG = 10_000;

  private final int[] text;
  private int visible;
  private int alphabetic;
  private int dictionary;
  private int alphanumeric;
  private int digits;
  private int marks;
  private int punctuation;
  private int symbols;
  private int han;
  private int noise;
  private int bracketed;

  CharacterCounts(int[] text) {
    this.text = text;
    int open = -1;
    for (int at = 0; at < text.length; at++) {
      int bits = Characters.of(text[at]);
      if ((bits & SPACE) != 0) {
        continue;
      }
      visible++;
      alphabetic += bit(bits, ALPHABETIC);
      dictionary += bit(bits, DICTIONARY);
      alphanumeric += bit(bits, ALPHABETIC | DIGIT);
      digits += bit(bits, DIGIT);
      punctuation += bit(bits, PUNCTUATION);
      symbols += bit(bits, SYMBOL);
      marks += bit(bits, PUNCTUATION | SYMBOL);
      han += bit(bits, HAN);
      noise += bit(bits, NOISE);
      if (text[at] == '【') {
        open = at;
      } else if (text[at] == '】' && open >= 0) {
        bracketed += at - open - 1;
        open = -1;
      }
    }
  }

  /** Share of the letters that belong to scripts without spaces. */
  double spaceless() {
    return alphabetic == 0 ? 0 : (double) dictionary / alphabetic;
  }

  void into(Measurement out) {
    out.set(Signal.CHARACTERS, text.length);
    out.share(Signal.HAN_SHARE, han, visible);
    out.share(Signal.ALPHANUMERIC_SHARE, alphanumeric, visible);
    out.share(Signal.DIGIT_SHARE, digits, visible - marks);
    out.share(Signal.PUNCTUATION_SHARE, punctuation, visible);
    out.share(Signal.SYMBOL_SHARE, symbols, visible);
    out.share(Signal.NOISE_SHARE, noise, visible);
    out.share(Signal.LENTICULAR_BRACKET_SHARE, bracketed, text.length);
    int[] beginning = Arrays.copyOf(text, Math.min(text.length, UNIQUE_AMONG));
    Arrays.sort(beginning);
    out.share(Signal.UNIQUE_CHARACTER_SHARE, distinct(beginning), beginning.length);
    int[] sorted = text.clone();
    Arrays.sort(sorted);
    out.set(Signal.CHARACTER_ENTROPY, entropy(sorted));
  }

  private static int bit(int bits, int wanted) {
    return (bits & wanted) == 0 ? 0 : 1;
  }

  private static int distinct(int[] sorted) {
    int distinct = 0;
    for (int at = 0; at < sorted.length; at++) {
      distinct += at == 0 || sorted[at] != sorted[at - 1] ? 1 : 0;
    }
    return distinct;
  }

  /**
   * - sum of p ln p, as ln N - (sum of c ln c) / N, over runs of equal characters in the order of
   * code points.
   */
  private static double entropy(int[] sorted) {
    if (sorted.length == 0) {
      return 0;
    }
    double sum = 0;
    int from = 0;
    for (int at = 1; at <= sorted.length; at++) {
      if (at == sorted.length || sorted[at] != sorted[from]) {
        int count = at - from;
        sum += count * StrictMath.log(count);
        from = at;
      }
    }
    return Math.max(0, StrictMath.log(sorted.length) - sum / sorted.length);
  }
}
