package io.gristmill.curation.dedup;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * MinHash signatures (Broder 1997) and their band keys. Each minimum is taken over one permutation
 * {@code a * shingle + b mod 2^32} of the fingerprints, a odd; two documents agree in a minimum
 * with a probability of about their Jaccard similarity.
 */
final class MinHash {
  /** Permutations that one pass over the shingles serves. */
  private static final int STRIDE = 4;

  private final int bands;
  private final int rows;
  private final long seed;

  /** Of each permutation; zero from bands * rows to the next multiple of the stride. */
  private final int[] multipliers;

  private final int[] addends;

  MinHash(MinHashConfig config) {
    this.bands = config.bands();
    this.rows = config.rowsPerBand();
    this.seed = config.seed();
    int permutations = bands * rows;
    var random = new SplittableRandom(seed);
    this.multipliers = new int[Math.ceilDiv(permutations, STRIDE) * STRIDE];
    this.addends = new int[multipliers.length];
    for (int i = 0; i < permutations; i++) {
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
    for (int first = 0; first < minima.length; first += STRIDE) {
      minima(shingles, first, minima);
    }
    return Arrays.copyOf(minima, bands * rows);
  }

  /** The minima of four permutations. One SIMD loop: no store, no branch, no call. */
  private void minima(int[] shingles, int first, int[] minima) {
    int multiplyA = multipliers[first];
    int multiplyB = multipliers[first + 1];
    int multiplyC = multipliers[first + 2];
    int multiplyD = multipliers[first + 3];
    int addA = addends[first];
    int addB = addends[first + 1];
    int addC = addends[first + 2];
    int addD = addends[first + 3];
    int a = Integer.MAX_VALUE;
    int b = Integer.MAX_VALUE;
    int c = Integer.MAX_VALUE;
    int d = Integer.MAX_VALUE;
    for (int shingle : shingles) {
      a = Math.min(a, shingle * multiplyA + addA);
      b = Math.min(b, shingle * multiplyB + addB);
      c = Math.min(c, shingle * multiplyC + addC);
      d = Math.min(d, shingle * multiplyD + addD);
    }
    minima[first] = a;
    minima[first + 1] = b;
    minima[first + 2] = c;
    minima[first + 3] = d;
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
