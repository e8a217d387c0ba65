package io.gristmill.curation.decontamination;

import io.gristmill.curation.dedup.Shingles;
import java.util.Arrays;

/**
 * The tokens of a folded text, as the shingles of deduplication have them: a word of a spaced
 * script, or one character of an unspaced one. Punctuation and space only separate.
 */
final class Tokens {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private long[] hashes;
  private boolean[] unspaced;
  private int[] starts;
  private int count;

  private Tokens(int capacity) {
    hashes = new long[capacity];
    unspaced = new boolean[capacity];
    starts = new int[capacity];
  }

  /** Scans a text that {@link io.gristmill.curation.dedup.KeyText} folded. */
  static Tokens of(String folded) {
    var tokens = new Tokens(16 + folded.length() / 3);
    long word = 0;
    int wordStart = -1;
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      byte kind = Shingles.kind(c);
      if (kind == Shingles.WORD) {
        wordStart = wordStart < 0 ? i : wordStart;
        word = (word + c) * BASE;
        word ^= word >>> 29;
      } else {
        if (wordStart >= 0) {
          tokens.add(Shingles.mix(word + 1), false, wordStart);
          word = 0;
          wordStart = -1;
        }
        if (kind == Shingles.UNSPACED) {
          tokens.add(Shingles.mix(c * BASE), true, i);
        }
      }
      i += Character.charCount(c);
    }
    if (wordStart >= 0) {
      tokens.add(Shingles.mix(word + 1), false, wordStart);
    }
    return tokens;
  }

  int count() {
    return count;
  }

  long hash(int token) {
    return hashes[token];
  }

  /** Whether a token is a character of an unspaced script. */
  boolean unspaced(int token) {
    return unspaced[token];
  }

  /** The 32 bits by which single tokens are compared. */
  int fingerprint(int token) {
    return (int) (hashes[token] >>> 32);
  }

  /** Where a token begins, in UTF-16 units of the folded text. */
  int start(int token) {
    return starts[token];
  }

  /** Where a token of this text ends (exclusive). */
  int end(int token, String folded) {
    int at = starts[token];
    int c = folded.codePointAt(at);
    at += Character.charCount(c);
    while (!unspaced[token] && at < folded.length()) {
      c = folded.codePointAt(at);
      if (Shingles.kind(c) != Shingles.WORD) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private void add(long hash, boolean character, int start) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      unspaced = Arrays.copyOf(unspaced, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
    }
    hashes[count] = hash;
    unspaced[count] = character;
    starts[count] = start;
    count++;
  }
}
