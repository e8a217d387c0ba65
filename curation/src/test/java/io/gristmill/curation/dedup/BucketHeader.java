package io.gristmill.curation.dedup;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A short text that puts every document which has it into the same bucket of the first band, though
 * the documents share nothing else: for each row of the band it holds the phrase, of a million,
 * that comes first in the row's permutation. Few documents have one that comes still earlier.
 */
final class BucketHeader {
  private static final int PHRASES = 1 << 20;

  private BucketHeader() {}

  /** The header for a configuration. */
  static String of(MinHashConfig config) {
    var shingles = new Shingles(config);
    var minHash = new MinHash(config);
    int[] least = new int[config.rowsPerBand()];
    Arrays.fill(least, Integer.MAX_VALUE);
    String[] phrases = new String[least.length];
    var random = new SplittableRandom(config.seed());
    for (int i = 0; i < PHRASES; i++) {
      String phrase = phrase(config.shingleWords(), random);
      int[] minima = minHash.signature(shingles.of(new FoldedText().fold(phrase)));
      for (int row = 0; row < least.length; row++) {
        if (minima[row] < least[row]) {
          least[row] = minima[row];
          phrases[row] = phrase;
        }
      }
    }
    return String.join("", phrases) + "\n";
  }

  private static String phrase(int words, SplittableRandom random) {
    char[] letters = new char[words * (PlantedVocabulary.WIDTH + 1)];
    int end = 0;
    for (int i = 0; i < words; i++) {
      end = PlantedVocabulary.ENGLISH.write(random.nextInt(), letters, end);
      letters[end++] = ' ';
    }
    return new String(letters, 0, end);
  }
}
