package io.gristmill.curation.lists;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A set of texts as sorted 64-bit hashes. With ten million entries one look-up in 10^12 finds what
 * is not there.
 */
final class Hashes implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final long[] sorted;

  private Hashes(long[] sorted) {
    this.sorted = sorted;
  }

  static Hashes of(LongStream hashes) {
    return new Hashes(hashes.sorted().distinct().toArray());
  }

  int size() {
    return sorted.length;
  }

  boolean contains(long hash) {
    return Arrays.binarySearch(sorted, hash) >= 0;
  }

  boolean contains(CharSequence text) {
    return contains(hash(text, 0, text.length()));
  }

  boolean contains(CharSequence text, int from, int to) {
    return contains(hash(text, from, to));
  }

  static long hash(CharSequence text) {
    return hash(text, 0, text.length());
  }

  static long hash(CharSequence text, int from, int to) {
    long hash = MULTIPLIER;
    for (int at = from; at < to; at++) {
      hash = append(hash, text.charAt(at));
    }
    return finished(hash);
  }

  static long begin() {
    return MULTIPLIER;
  }

  static long append(long hash, int character) {
    long next = (hash ^ character) * MULTIPLIER;
    return next ^ (next >>> 32);
  }

  /** Spreads the bits (finalizer of MurmurHash3). */
  static long finished(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
