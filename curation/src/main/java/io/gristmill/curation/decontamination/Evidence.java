package io.gristmill.curation.decontamination;

import java.util.List;

/**
 * What tells that a document holds an item: enough n-grams of its anchor within a passage not much
 * longer than the anchor, and beside them a companion. The anchor is the question, and the
 * companion one of the answers or half of the options, in any order. Where the question says too
 * little, the options are the anchor, in any order, and the question is the companion. A long
 * question needs no companion.
 *
 * @param grams the distinct n-grams of the anchor, ascending
 * @param tokens of the anchor
 * @param alone whether the anchor decides without a companion
 * @param near tokens before and after the anchor in which a companion is looked for
 * @param any of these one suffices
 * @param half of these half suffice
 */
record Evidence(int[] grams, int tokens, boolean alone, int near, List<Part> any, List<Part> half)
    implements Checkability {
  Evidence {
    any = List.copyOf(any);
    half = List.copyOf(half);
  }

  /** How many of the n-grams are enough. */
  int needed(double overlap) {
    return needed(grams.length, overlap);
  }

  /** How many of a number of n-grams are enough; 0.8 of 5 must not become 5 by rounding. */
  static int needed(int grams, double overlap) {
    return Math.max(1, (int) Math.ceil(overlap * grams - 1e-9));
  }

  /** Tokens of the longest passage in which the anchor may be scattered. */
  int span() {
    return 2 * tokens + 16;
  }
}
