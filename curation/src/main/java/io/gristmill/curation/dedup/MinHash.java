package io.gristmill.curation.dedup;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * MinHash signatures (Broder 1997) and their band keys. Each minimum is taken over one permutation
 * {@code a * shingle + b mod 2^32} of the fingerprints, a odd; two documents agree in a minimum
 * with a probability of about their Jaccard similarity.
 */
final class MinHash {
  private final int bands;
  private final int rows;
  private final long seed;
  private final int[] multipliers;
  private final int[] addends;

  MinHash(MinHashConfig config) {
    this.bands = config.bands();
    this.rows = config.rowsPerBand();
    this.seed = config.seed();
    var random = new SplittableRandom(seed);
    this.multipliers = new int[bands * rows];
    this.addends = new int[bands * rows];
    for (int i = 0; i < multipliers.length; i++) {
      multipliers[i] = random.nextInt() | 1;
      addends[i] = random.nextInt();
    }
  }

  /**
   * The minima.
   *
   * @param shingles fingerprints, repeats allowed, at least one
   * @return int[bands * rowsPerBand]
   */
  int[] signature(int[] shingles) {
    int[] minima = new int[multipliers.length];
    Arrays.fill(minima, Integer.MAX_VALUE);
    for (int shingle : shingles) {
      for (int i = 0; i < minima.length; i++) { // one SIMD loop: no branch, no call
        minima[i] = Math.min(minima[i], shingle * multipliers[i] + addends[i]);
      }
    }
    return minima;
  }

  /** One key a band, different for different bands. */
  long[] bandKeys(int[] signature) {
    long[] keys = new long[bands];
    for (int band = 0; band < bands; band++) {
      long key = Tokens.mix(seed + band + 1);
      for (int row = 0; row < rows; row++) {
        key = Tokens.mix(key ^ (signature[band * rows + row] & 0xffffffffL));
      }
      keys[band] = key;
    }
    return keys;
  }
}
