package io.gristmill.curation.dedup;

import java.util.Arrays;

/** How alike planted texts are in truth. */
final class PlantedTruth {
  private PlantedTruth() {}

  /** Jaccard similarity of the shingle sets of two texts; 0 for two without shingles. */
  static double jaccard(String a, String b, MinHashConfig config) {
    return jaccard(set(a, config), set(b, config));
  }

  /** The same of two sets, ascending. */
  static double jaccard(int[] x, int[] y) {
    int shared = 0;
    int i = 0;
    int j = 0;
    while (i < x.length && j < y.length) {
      int order = Integer.compare(x[i], y[j]);
      shared += order == 0 ? 1 : 0;
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    int all = x.length + y.length - shared;
    return all == 0 ? 0 : (double) shared / all;
  }

  private static int[] set(String text, MinHashConfig config) {
    return Arrays.stream(new Shingles(config).of(new FoldedText().fold(text)))
        .sorted()
        .distinct()
        .toArray();
  }
}
