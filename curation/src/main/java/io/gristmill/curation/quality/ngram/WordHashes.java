package io.gristmill.curation.quality.ngram;

import io.gristmill.curation.text.Characters;
import java.util.Arrays;

/**
 * The words of a text as 64-bit hashes, line by line: runs of letters and digits in lower case with
 * every digit a 0, each character of scripts without spaces (Han, kana, Thai, …), and each run of
 * one mark. Full-width forms count as the usual ones.
 *
 * <p>Han goes by the character: cutting words by a dictionary takes more time than all else here,
 * and its mistakes would surprise the model more than the text does.
 */
final class WordHashes {
  /** Ends a line; no word hashes to it. */
  static final long LINE_END = 0;

  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final int FULL_WIDTH = 0xFEE0;

  private long[] hashes = new long[1024];
  private int count;

  private WordHashes() {}

  /** Reads a text; lines without a word are left out. */
  static WordHashes of(String text) {
    var words = new WordHashes();
    words.read(text);
    return words;
  }

  /** Words and ends of lines. */
  int count() {
    return count;
  }

  /** A word's hash, or {@link #LINE_END}. */
  long at(int index) {
    return hashes[index];
  }

  /** The hash of a word as a text would have it. */
  static long hash(String word) {
    return of(word).at(0);
  }

  private void read(String text) {
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      int bits = Characters.of(codePoint);
      int after = at + Character.charCount(codePoint);
      if (codePoint == '\n') {
        endLine();
      } else if ((bits & Characters.SPACE) == 0) {
        if ((bits & Characters.DICTIONARY) != 0) {
          add(mixed(hashed(SEED, codePoint)));
        } else if (inWord(bits)) {
          after = word(text, at);
        } else {
          while (after < text.length() && text.codePointAt(after) == codePoint) {
            after += Character.charCount(codePoint);
          }
          add(mixed(hashed(SEED, folded(codePoint))));
        }
      }
      at = after;
    }
    endLine();
  }

  private int word(String text, int from) {
    long hash = SEED;
    int at = from;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      int bits = Characters.of(codePoint);
      if ((bits & Characters.DICTIONARY) != 0 || !(inWord(bits) || joins(text, at, codePoint))) {
        break;
      }
      hash = hashed(hash, (bits & Characters.DIGIT) != 0 ? '0' : folded(codePoint));
      at += Character.charCount(codePoint);
    }
    add(mixed(hash));
    return at;
  }

  /** An apostrophe between letters: {@code don't}. */
  private static boolean joins(String text, int at, int codePoint) {
    return (codePoint == '\'' || codePoint == '’')
        && at + 1 < text.length()
        && (Characters.of(text.charAt(at + 1)) & Characters.ALPHABETIC) != 0;
  }

  private static boolean inWord(int bits) {
    return (bits & (Characters.ALPHABETIC | Characters.DIGIT)) != 0
        || (bits
                & (Characters.PUNCTUATION
                    | Characters.SYMBOL
                    | Characters.SPACE
                    | Characters.NOISE))
            == 0; // marks that go with a letter
  }

  private static int folded(int codePoint) {
    if (codePoint == '’') {
      return '\'';
    }
    int half = codePoint >= 0xFF01 && codePoint <= 0xFF5E ? codePoint - FULL_WIDTH : codePoint;
    return half < 0x80
        ? (half >= 'A' && half <= 'Z' ? half + 32 : half)
        : Character.toLowerCase(half);
  }

  private static long hashed(long hash, int codePoint) {
    return (hash ^ codePoint) * 0x100000001B3L;
  }

  /** The finaliser of MurmurHash3. */
  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }

  private void endLine() {
    if (count > 0 && hashes[count - 1] != LINE_END) {
      add(LINE_END);
    }
  }

  private void add(long hash) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
    }
    hashes[count++] = hash;
  }
}
