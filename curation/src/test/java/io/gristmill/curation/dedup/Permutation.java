package io.gristmill.curation.dedup;

import java.util.SplittableRandom;

/**
 * A permutation of the numbers below {@code size} that looks random and needs no memory: a Feistel
 * network on the next power of four, walked until it comes out below {@code size} (Black and
 * Rogaway 2002, "Ciphers with Arbitrary Finite Domains").
 */
record Permutation(long size, long seed) {
  private static final int ROUNDS = 4;

  Permutation {
    if (size < 1) {
      throw new IllegalArgumentException("size is %d, must be at least 1".formatted(size));
    }
  }

  /** Where a number goes. */
  long of(long number) {
    int half = half();
    long mask = (1L << half) - 1;
    long x = number;
    do {
      long left = x >>> half;
      long right = x & mask;
      for (int round = 0; round < ROUNDS; round++) {
        long next = left ^ (scrambled(right, round) & mask);
        left = right;
        right = next;
      }
      x = left << half | right;
    } while (x >= size);
    return x;
  }

  /** The number that goes there. */
  long inverse(long place) {
    int half = half();
    long mask = (1L << half) - 1;
    long x = place;
    do {
      long left = x >>> half;
      long right = x & mask;
      for (int round = ROUNDS - 1; round >= 0; round--) {
        long before = right ^ (scrambled(left, round) & mask);
        right = left;
        left = before;
      }
      x = left << half | right;
    } while (x >= size);
    return x;
  }

  private int half() {
    return (65 - Long.numberOfLeadingZeros(size - 1)) / 2;
  }

  private long scrambled(long half, int round) {
    return new SplittableRandom(seed ^ (half * ROUNDS + round)).nextLong();
  }
}
