package io.gristmill.curation.decontamination;

import java.util.Comparator;

/**
 * An item that a document holds.
 *
 * @param item its number in the index
 * @param score share of the anchor's n-grams that the passage has
 * @param grams how many these are
 * @param start first token of the passage
 * @param end token after the passage
 */
record Match(int item, double score, int grams, int start, int end) {
  /** The largest share first, then the longest evidence, then the order of the sets. */
  static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::score)
          .thenComparingInt(Match::grams)
          .reversed()
          .thenComparingInt(Match::item);
}
