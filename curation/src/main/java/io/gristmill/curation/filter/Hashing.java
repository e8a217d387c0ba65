package io.gristmill.curation.filter;

/**
 * 64-bit hashes of runs of code points and of runs of hashes; equal runs have equal hashes, on any
 * machine.
 */
final class Hashing {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  static long of(int[] text, int start, int end) {
    long hash = MULTIPLIER * (end - start);
    int at = start;
    for (; at + 2 < end; at += 3) { // three code points of 21 bits at a time
      long three = text[at] | ((long) text[at + 1] << 21) | ((long) text[at + 2] << 42);
      hash = (hash ^ three) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ text[at]) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return mixed(hash);
  }

  /** The hash of a run followed by one more item. */
  static long append(long hash, long item) {
    return (Long.rotateLeft(hash, 5) ^ item) * MULTIPLIER;
  }

  /**
   * Spreads the bits (finalizer of MurmurHash3); never 0, which marks an empty slot in {@link
   * Counts}.
   */
  static long mixed(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    h ^= h >>> 33;
    return h == 0 ? MULTIPLIER : h;
  }
}
