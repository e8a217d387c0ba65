package io.gristmill.curation.decontamination;

import io.gristmill.curation.dedup.Tokens;
import java.util.Arrays;

/**
 * A text that must stand near the anchor of an item. Shorter than an n-gram it is looked for as a
 * whole, else half of its n-grams are enough: it only bears out what the anchor says.
 *
 * @param whole whether the prints are those of the tokens in their order; else of the distinct
 *     n-grams, ascending
 */
record Part(boolean whole, int[] prints) {
  static Part of(Tokens tokens, NGrams ngrams) {
    int[] grams = grams(tokens, ngrams);
    if (grams.length > 0) {
      return new Part(false, grams);
    }
    int[] prints = new int[tokens.count()];
    Arrays.setAll(prints, tokens::fingerprint);
    return new Part(true, prints);
  }

  /** The distinct n-grams of a text, ascending. */
  static int[] grams(Tokens tokens, NGrams ngrams) {
    int[] grams = new int[tokens.count()];
    int count = ngrams.each(tokens, (start, gram) -> grams[start] = NGrams.fingerprint(gram));
    return distinct(Arrays.copyOf(grams, count));
  }

  /** Sorts prints in place and leaves out the repeated ones. */
  static int[] distinct(int[] prints) {
    Arrays.sort(prints);
    int count = 0;
    for (int i = 0; i < prints.length; i++) {
      if (i == 0 || prints[i] != prints[i - 1]) {
        prints[count++] = prints[i];
      }
    }
    return Arrays.copyOf(prints, count);
  }
}
