package io.gristmill.curation.quality.ngram;

import java.io.Serializable;

/**
 * What modified Kneser-Ney takes from n-grams that were counted once, twice, and more often (Chen
 * and Goodman 1998, equation 26).
 */
record Discounts(double one, double two, double more) implements Serializable {
  /** Where counts of counts give none, as in tiny texts; those that lmplz falls back to. */
  private static final Discounts USUAL = new Discounts(.5, 1, 1.5);

  /**
   * @param counts how many n-grams have the count 1, 2, 3 and 4
   */
  static Discounts of(long[] counts) {
    if (counts[0] == 0 || counts[1] == 0 || counts[2] == 0) {
      return USUAL;
    }
    double share = counts[0] / (counts[0] + 2.0 * counts[1]);
    double one = 1 - 2 * share * counts[1] / counts[0];
    double two = 2 - 3 * share * counts[2] / counts[1];
    double more = 3 - 4 * share * counts[3] / counts[2];
    return one < 0 || two < 0 || more < 0 ? USUAL : new Discounts(one, two, more);
  }

  double of(long count) {
    return count == 1 ? one : count == 2 ? two : more;
  }
}
