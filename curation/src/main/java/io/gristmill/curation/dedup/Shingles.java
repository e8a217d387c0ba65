package io.gristmill.curation.dedup;

import java.util.Arrays;

/**
 * Shingles of a folded text as 32-bit fingerprints. A token is a word of a spaced script or one
 * character of an unspaced one; punctuation and space only separate. From each token on, a shingle
 * takes tokens until they weigh enough: a character weighs {@code shingleWords} and a word {@code
 * shingleCharacters}, and a shingle their product, so 6 characters, 3 words, or 1 word and 4
 * characters are one shingle.
 */
public final class Shingles {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  /** Kind of a character that only separates tokens: punctuation, space. */
  public static final byte SEPARATOR = 0;

  /** Kind of a character that is part of a word. */
  public static final byte WORD = 1;

  /** Kind of a character that is a token by itself. */
  public static final byte UNSPACED = 2;

  private static final byte[] BASIC_PLANE = basicPlane();

  private final int characterWeight;
  private final int wordWeight;
  private final int weight;

  Shingles(MinHashConfig config) {
    this.characterWeight = config.shingleWords();
    this.wordWeight = config.shingleCharacters();
    this.weight = config.shingleWords() * config.shingleCharacters();
  }

  /**
   * Fingerprints of the shingles in the order of the text, repeats included; empty when the text is
   * shorter than a shingle.
   */
  int[] of(String folded) {
    var tokens = Tokens.of(folded);
    int[] shingles = new int[tokens.count];
    int count = 0;
    int end = 0;
    int held = 0;
    long hash = 0;
    for (int start = 0; start < tokens.count; start++) {
      while (end < tokens.count && held < weight) {
        held += tokens.unspaced[end] ? characterWeight : wordWeight;
        hash = hash * BASE + tokens.hashes[end];
        end++;
      }
      if (held < weight) {
        break;
      }
      shingles[count++] = (int) (mix(hash) >>> 32);
      held -= tokens.unspaced[start] ? characterWeight : wordWeight;
      hash -= tokens.hashes[start] * power(end - start - 1);
    }
    return Arrays.copyOf(shingles, count);
  }

  /** The finalizer of splitmix64 (Steele et al. 2014), a bijection that spreads every bit. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long power(int exponent) {
    long value = 1;
    for (int i = 0; i < exponent; i++) {
      value *= BASE;
    }
    return value;
  }

  /** What a character of a folded text is to its tokens. */
  public static byte kind(int codePoint) {
    return codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] : kindOf(codePoint);
  }

  private static byte[] basicPlane() {
    byte[] kinds = new byte[0x10000];
    for (int c = 0; c < kinds.length; c++) {
      kinds[c] = kindOf(c);
    }
    return kinds;
  }

  private static byte kindOf(int codePoint) {
    int type = Character.getType(codePoint);
    boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    if (!mark && !Character.isLetterOrDigit(codePoint)) {
      return SEPARATOR;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI, THAI, LAO, KHMER, MYANMAR, TIBETAN -> UNSPACED;
      default -> WORD;
    };
  }

  /** Token hashes of a text in one pass. */
  private static final class Tokens {
    private long[] hashes;
    private boolean[] unspaced;
    private int count;

    private Tokens(int capacity) {
      hashes = new long[capacity];
      unspaced = new boolean[capacity];
    }

    static Tokens of(String text) {
      var tokens = new Tokens(16 + text.length() / 3);
      long word = 0;
      boolean inWord = false;
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        i += Character.charCount(c);
        byte kind = kind(c);
        if (kind == WORD) {
          word = (word + c) * BASE;
          word ^= word >>> 29;
          inWord = true;
        } else {
          if (inWord) {
            tokens.add(mix(word + 1), false);
            word = 0;
            inWord = false;
          }
          if (kind == UNSPACED) {
            tokens.add(mix(c * BASE), true);
          }
        }
      }
      if (inWord) {
        tokens.add(mix(word + 1), false);
      }
      return tokens;
    }

    private void add(long hash, boolean character) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
        unspaced = Arrays.copyOf(unspaced, 2 * count);
      }
      hashes[count] = hash;
      unspaced[count] = character;
      count++;
    }
  }
}
