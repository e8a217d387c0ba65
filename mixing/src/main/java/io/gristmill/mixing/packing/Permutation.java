package io.gristmill.mixing.packing;

/**
 * A pseudo-random permutation of the numbers 0 to size - 1, chosen by a key, without a table: four
 * rounds of a Feistel network over the next power of four, walked until the number falls into the
 * range (Black and Rogaway 2002, "Ciphers with arbitrary finite domains", section 4). For
 * shuffling, not for secrecy.
 */
record Permutation(long size, long key) {
  private static final int ROUNDS = 4;

  /** The number at {@code position}; at most four walks on average. */
  long at(long position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException("position %d of %d".formatted(position, size));
    }
    int halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
    long value = position;
    do {
      value = encrypt(value, halfBits);
    } while (value >= size);
    return value;
  }

  private long encrypt(long value, int halfBits) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (mix(right + mix(key + round)) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /**
   * Spreads every bit of the argument over the result (the finaliser of SplitMix64, Steele et al.
   * 2014).
   */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
