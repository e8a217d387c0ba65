package io.gristmill.curation.dedup;

import java.util.Arrays;

/**
 * The tokens of a folded text as hashes. A token is a word of a spaced script or one character of
 * an unspaced one (Han, kana, Thai and their like); punctuation and space only separate. One object
 * reads one text after the other into the same arrays. Not for several threads.
 */
public final class Tokens {
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final byte SEPARATOR = 0;
  private static final byte WORD = 1;
  private static final byte UNSPACED = 2;
  private static final byte SURROGATE = 3;
  private static final byte[] BASIC_PLANE = basicPlane();

  private long[] hashes = new long[1024];
  private byte[] kinds = new byte[1024];
  private int count;

  /** Takes the tokens of a folded text; those of the one before are forgotten. */
  public void read(FoldedText folded) {
    char[] text = folded.chars();
    int length = folded.length();
    count = 0;
    long word = 0;
    boolean inWord = false;
    for (int i = 0; i < length; i++) {
      int c = text[i];
      byte kind = BASIC_PLANE[c];
      if (kind == SURROGATE) {
        c = Character.codePointAt(text, i, length);
        kind = kindOf(c);
        i += Character.charCount(c) - 1;
      }
      if (kind == WORD) {
        word = (word + c) * BASE;
        word ^= word >>> 29;
        inWord = true;
      } else {
        if (inWord) {
          add(mix(word + 1), WORD);
          word = 0;
          inWord = false;
        }
        if (kind == UNSPACED) {
          add(mix(c * BASE), UNSPACED);
        }
      }
    }
    if (inWord) {
      add(mix(word + 1), WORD);
    }
  }

  public int count() {
    return count;
  }

  /** 64 bits that equal tokens share. */
  public long hash(int token) {
    return hashes[token];
  }

  /** Whether the token is one character of an unspaced script rather than a word. */
  public boolean unspaced(int token) {
    return kinds[token] == UNSPACED;
  }

  /** The finalizer of splitmix64 (Steele et al. 2014), a bijection that spreads every bit. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private void add(long hash, byte kind) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
    hashes[count] = hash;
    kinds[count] = kind;
    count++;
  }

  private static byte[] basicPlane() {
    byte[] kinds = new byte[0x10000];
    for (int c = 0; c < kinds.length; c++) {
      kinds[c] = Character.isSurrogate((char) c) ? SURROGATE : kindOf(c);
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
}
