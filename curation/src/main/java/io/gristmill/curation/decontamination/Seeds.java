package io.gristmill.curation.decontamination;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which n-grams of which items are looked up. Of an item with n distinct n-grams, of which k are
 * enough, those are the n - k + 1 that fewest items have: whoever has k of the n has one of these
 * (prefix filtering, Chaudhuri et al. 2006, "A primitive operator for similarity joins").
 *
 * @param prints the n-grams
 * @param items the item of each
 */
record Seeds(int[] prints, int[] items) {
  /**
   * @param items number of items
   * @param evidence of each item
   */
  static Seeds of(int items, IntFunction<Evidence> evidence, double overlap) {
    int[] all =
        IntStream.range(0, items)
            .flatMap(item -> Arrays.stream(evidence.apply(item).grams()))
            .sorted()
            .toArray();
    var prints = IntStream.builder();
    var of = IntStream.builder();
    for (int item = 0; item < items; item++) {
      for (int print : seeds(evidence.apply(item), overlap, all)) {
        prints.add(print);
        of.add(item);
      }
    }
    return new Seeds(prints.build().toArray(), of.build().toArray());
  }

  int count() {
    return prints.length;
  }

  private static int[] seeds(Evidence evidence, double overlap, int[] all) {
    int[] grams = evidence.grams();
    return Arrays.stream(grams)
        .mapToLong(print -> ((long) occurrences(all, print) << 32) | (print & 0xffffffffL))
        .sorted()
        .limit(grams.length - evidence.needed(overlap) + 1)
        .mapToInt(ranked -> (int) ranked)
        .toArray();
  }

  private static int occurrences(int[] sorted, int print) {
    return lowerBound(sorted, print, 1) - lowerBound(sorted, print, 0);
  }

  /** How many elements are below {@code print}, or with {@code equal} 1 at most {@code print}. */
  private static int lowerBound(int[] sorted, int print, int equal) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compare(sorted[middle], print) < equal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
