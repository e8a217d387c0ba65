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
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int count;

  /** The tokens of a text that stands alone. */
  public static Tokens of(String text) {
    var tokens = new Tokens();
    tokens.read(new FoldedText().fold(text));
    return tokens;
  }

  /** Takes the tokens of a folded text; those of the one before are forgotten. */
  public void read(FoldedText folded) {
    char[] text = folded.chars();
    int length = folded.length();
    count = 0;
    for (int i = 0; i < length; ) {
      byte kind = BASIC_PLANE[text[i]];
      if (kind == SEPARATOR) {
        i++;
      } else if (kind == UNSPACED) {
        add(mix(text[i] * BASE), UNSPACED, i, i + 1);
        i++;
      } else if (kind == WORD) {
        i = word(text, i, length);
      } else {
        i = beyondBasicPlane(text, i, length);
      }
    }
  }

  /** Adds the word that begins at {@code start}; its end. */
  private int word(char[] text, int start, int length) {
    long hash = 0;
    int at = start;
    while (at < length) {
      int c = text[at];
      byte kind = BASIC_PLANE[c];
      int end = at + 1;
      if (kind == SURROGATE) {
        c = Character.codePointAt(text, at, length);
        kind = kindOf(c);
        end = at + Character.charCount(c);
      }
      if (kind != WORD) {
        break;
      }
      hash = (hash + c) * BASE;
      hash ^= hash >>> 29;
      at = end;
    }
    add(mix(hash + 1), WORD, start, at);
    return at;
  }

  /** Takes what begins with a surrogate; its end. */
  private int beyondBasicPlane(char[] text, int start, int length) {
    int c = Character.codePointAt(text, start, length);
    int end = start + Character.charCount(c);
    byte kind = kindOf(c);
    if (kind == WORD) {
      return word(text, start, length);
    }
    if (kind == UNSPACED) {
      add(mix(c * BASE), UNSPACED, start, end);
    }
    return end;
  }

  public int count() {
    return count;
  }

  /** 64 bits that equal tokens share. */
  public long hash(int token) {
    return hashes[token];
  }

  /** 32 of them, to compare tokens by where little room is. */
  public int fingerprint(int token) {
    return (int) (hashes[token] >>> 32);
  }

  /** Whether the token is one character of an unspaced script rather than a word. */
  public boolean unspaced(int token) {
    return kinds[token] == UNSPACED;
  }

  /** Where a token begins, in UTF-16 units of the folded text. */
  public int start(int token) {
    return starts[token];
  }

  /** Where a token ends, exclusive. */
  public int end(int token) {
    return ends[token];
  }

  /** Whether a character is of a script that is written without spaces between words. */
  public static boolean unspacedScript(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
      default -> false;
    };
  }

  /** The finalizer of splitmix64 (Steele et al. 2014), a bijection that spreads every bit. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private void add(long hash, byte kind, int start, int end) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    hashes[count] = hash;
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
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
    return unspacedScript(codePoint) ? UNSPACED : WORD;
  }
}
