package io.gristmill.curation.dedup;

import java.util.Arrays;

/**
 * Shingles of a folded text as 32-bit fingerprints. From each of its {@link Tokens} on, a shingle
 * takes tokens until they weigh enough: a character weighs {@code shingleWords} and a word {@code
 * shingleCharacters}, and a shingle their product, so 6 characters, 3 words, or 1 word and 4
 * characters are one shingle. Not for several threads.
 */
final class Shingles {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final int characterWeight;
  private final int wordWeight;
  private final int weight;
  private final long[] powers;
  private final Tokens tokens = new Tokens();

  Shingles(MinHashConfig config) {
    this.characterWeight = config.shingleWords();
    this.wordWeight = config.shingleCharacters();
    this.weight = config.shingleWords() * config.shingleCharacters();
    this.powers = powers(weight);
  }

  /**
   * Fingerprints of the shingles in the order of the text, repeats included; empty when the text is
   * shorter than a shingle.
   */
  int[] of(FoldedText text) {
    tokens.read(text);
    int count = tokens.count();
    int[] shingles = new int[count];
    int found = 0;
    int end = 0;
    int held = 0;
    long hash = 0;
    for (int start = 0; start < count; start++) {
      while (end < count && held < weight) {
        held += weightOf(end);
        hash = hash * BASE + tokens.hash(end);
        end++;
      }
      if (held < weight) {
        break;
      }
      shingles[found++] = (int) (Tokens.mix(hash) >>> 32);
      held -= weightOf(start);
      hash -= tokens.hash(start) * powers[end - start - 1];
    }
    return Arrays.copyOf(shingles, found);
  }

  private int weightOf(int token) {
    return tokens.unspaced(token) ? characterWeight : wordWeight;
  }

  private static long[] powers(int count) {
    long[] powers = new long[count];
    powers[0] = 1;
    for (int i = 1; i < count; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    return powers;
  }
}
