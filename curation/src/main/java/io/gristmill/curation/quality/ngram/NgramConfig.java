package io.gristmill.curation.quality.ngram;

import java.io.Serializable;
import java.util.List;

/**
 * How n-grams are counted.
 *
 * @param order words of the longest n-grams
 * @param minCounts how often n-grams of one word, of two, … must occur to stay in the model; the
 *     last number is also that of longer ones
 */
public record NgramConfig(int order, List<Integer> minCounts) implements Serializable {
  private static final int LONGEST = 8;

  public NgramConfig {
    minCounts = List.copyOf(minCounts);
    if (order < 2 || order > LONGEST) {
      throw new IllegalArgumentException(
          "order is %d, must be 2 to %d; 5 is usual".formatted(order, LONGEST));
    }
    if (minCounts.isEmpty() || minCounts.getFirst() < 1) {
      throw new IllegalArgumentException(
          "min-counts is %s, must begin with 1 or more; [1, 1, 2] is usual".formatted(minCounts));
    }
    for (int i = 1; i < minCounts.size(); i++) {
      if (minCounts.get(i) < minCounts.get(i - 1)) {
        throw new IllegalArgumentException(
            "min-counts is %s, must not fall: an n-gram stays only with its parts; [1, 1, 2] is usual"
                .formatted(minCounts));
      }
    }
  }

  /** Five words as CCNet has it; what occurs once stays up to two words. */
  public static NgramConfig defaults() {
    return new NgramConfig(5, List.of(1, 1, 2));
  }

  /** How often n-grams of so many words must occur. */
  public int minCount(int words) {
    return minCounts.get(Math.min(words, minCounts.size()) - 1);
  }
}
