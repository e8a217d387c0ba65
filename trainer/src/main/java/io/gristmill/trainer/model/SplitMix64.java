package io.gristmill.trainer.model;

/** Bits that look random and depend on a number alone (Steele et al. 2014). */
final class SplitMix64 {
  static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** The finalizer: a permutation of the 64-bit numbers. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
