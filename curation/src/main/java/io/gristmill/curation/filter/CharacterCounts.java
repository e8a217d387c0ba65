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
import java.util.List;

/** What the characters of a text are, one by one, and how varied they are. */
final class CharacterCounts {
  /**
   * Longer texts repeat characters by nature; the share of different ones is that of the beginning.
   */
  private static final int UNIQUE_AMONG = 10_000;

  static final Phrases JAVASCRIPT = new Phrases(List.of("javascript"));
  private static final Phrases LOREM_IPSUM = new Phrases(List.of("lorem ipsum"));

  private static final int ADDRESSES = 0;
  private static final int MENTIONS_OF_JAVASCRIPT = 1;
  private static final int MENTIONS_OF_LOREM_IPSUM = 2;
  private static final int SPAM = 3;
  private static final int MOJIBAKE = 4;
  private static final Search SEARCH =
      new Search(new Addresses(), JAVASCRIPT, LOREM_IPSUM, Spam.PHRASES, new Mojibake());

  private final int[] text;
  private int unique;
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
  private int capitals;
  private int curly;
  private int parentheses;

  private final Entropy entropy = new Entropy();

  CharacterCounts(int[] text) {
    this.text = text;
    var histogram = new CharacterHistogram();
    int open = -1;
    for (int at = 0; at < text.length; at++) {
      histogram.add(text[at]);
      if (at < UNIQUE_AMONG) {
        unique = histogram.distinct();
      }
      if (text[at] == '【') {
        open = at;
      } else if (text[at] == '】' && open >= 0) {
        bracketed += at - open - 1;
        open = -1;
      }
    }
    histogram.forEach(this::add);
  }

  private void add(int codePoint, int count) {
    entropy.add(count);
    int bits = Characters.of(codePoint);
    if ((bits & SPACE) != 0) {
      return;
    }
    visible += count;
    alphabetic += (bits & ALPHABETIC) == 0 ? 0 : count;
    dictionary += (bits & DICTIONARY) == 0 ? 0 : count;
    alphanumeric += (bits & (ALPHABETIC | DIGIT)) == 0 ? 0 : count;
    digits += (bits & DIGIT) == 0 ? 0 : count;
    punctuation += (bits & PUNCTUATION) == 0 ? 0 : count;
    symbols += (bits & SYMBOL) == 0 ? 0 : count;
    marks += (bits & (PUNCTUATION | SYMBOL)) == 0 ? 0 : count;
    han += (bits & HAN) == 0 ? 0 : count;
    noise += (bits & NOISE) == 0 ? 0 : count;
    capitals += capital(codePoint) ? count : 0;
    switch (codePoint) {
      case '{', '}' -> curly += count;
      case '(', ')', '（', '）' -> parentheses += count;
      default -> {}
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
    out.share(Signal.UPPERCASE_SHARE, capitals, alphabetic);
    out.share(Signal.WHITE_SPACE_SHARE, text.length - visible, text.length);
    out.share(Signal.CURLY_BRACKET_SHARE, curly, text.length);
    out.share(Signal.PARENTHESIS_SHARE, parentheses, text.length);
    phrases(out);
    out.share(Signal.LENTICULAR_BRACKET_SHARE, bracketed, text.length);
    out.share(Signal.UNIQUE_CHARACTER_SHARE, unique, Math.min(text.length, UNIQUE_AMONG));
    out.set(Signal.CHARACTER_ENTROPY, entropy.nats(text.length));
  }

  private void phrases(Measurement out) {
    Search.Found found = SEARCH.in(text);
    out.share(Signal.URL_SHARE, found.covered(ADDRESSES), text.length);
    out.set(Signal.JAVASCRIPT_MENTIONS, found.occurrences(MENTIONS_OF_JAVASCRIPT));
    out.set(Signal.LOREM_IPSUM_MENTIONS, found.occurrences(MENTIONS_OF_LOREM_IPSUM));
    out.share(Signal.SPAM_SHARE, found.covered(SPAM), visible);
    out.share(Signal.MOJIBAKE_SHARE, found.covered(MOJIBAKE), visible);
  }

  static boolean capital(int codePoint) {
    return codePoint < 0x80
        ? codePoint >= 'A' && codePoint <= 'Z'
        : Character.isUpperCase(codePoint);
  }
}
