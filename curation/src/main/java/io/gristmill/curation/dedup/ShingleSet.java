package io.gristmill.curation.dedup;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * The set of the shingle fingerprints of a document. Two different shingles share a fingerprint
 * with probability 2^-32, so the similarity of two sets of n shingles is off by about n / 2^32:
 * 0.0002 for a book of a million characters.
 */
final class ShingleSet implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] ascending;

  private ShingleSet(int[] ascending) {
    this.ascending = ascending;
  }

  /** The set of some shingles; repeats count once. */
  static ShingleSet of(int[] shingles) {
    int[] sorted = shingles.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return new ShingleSet(Arrays.copyOf(sorted, count));
  }

  /** The set of no shingles. */
  static ShingleSet empty() {
    return new ShingleSet(new int[0]);
  }

  /** From {@link #bytes}. */
  static ShingleSet fromBytes(byte[] bytes) {
    IntBuffer packed = ByteBuffer.wrap(bytes).asIntBuffer();
    int[] ascending = new int[packed.remaining()];
    packed.get(ascending);
    return new ShingleSet(ascending);
  }

  /** Four bytes a shingle. */
  byte[] bytes() {
    ByteBuffer packed = ByteBuffer.allocate(Integer.BYTES * ascending.length);
    packed.asIntBuffer().put(ascending);
    return packed.array();
  }

  /**
   * The shingles that are not in {@code common}, those of the smallest hash first, and no more than
   * {@code most} of them: two sets choose alike where they are alike.
   */
  int[] rarest(ShingleSet common, int most) {
    long[] hashes = new long[ascending.length];
    int count = 0;
    for (int shingle : ascending) {
      if (!common.contains(shingle)) {
        // the hash above, the shingle below: sorted by hash, and the shingle is still there
        hashes[count++] = (Tokens.mix(shingle) & 0xffffffff00000000L) | (shingle & 0xffffffffL);
      }
    }
    Arrays.sort(hashes, 0, count);
    int[] chosen = new int[Math.min(count, most)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) hashes[i];
    }
    return chosen;
  }

  boolean contains(int shingle) {
    return Arrays.binarySearch(ascending, shingle) >= 0;
  }

  /** The shingles, ascending. */
  int[] toArray() {
    return ascending.clone();
  }

  int size() {
    return ascending.length;
  }

  /**
   * Jaccard similarity with another set, or -1 as soon as it cannot reach {@code least}; -1 for two
   * empty sets, of which nothing is known.
   */
  double jaccard(ShingleSet other, double least) {
    int[] a = ascending;
    int[] b = other.ascending;
    int total = a.length + b.length;
    if (total == 0) {
      return -1;
    }
    // shared / (total - shared) >= least bounds the shingles that are in one set only
    double budget = total - 2 * least * total / (1 + least) + 1e-9 * total;
    if (Math.abs(a.length - b.length) > budget) {
      return -1;
    }
    int shared = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        shared++;
        i++;
        j++;
      } else {
        if (a[i] < b[j]) {
          i++;
        } else {
          j++;
        }
        if (i + j - 2 * shared > budget) {
          return -1;
        }
      }
    }
    double similarity = (double) shared / (total - shared);
    return similarity >= least ? similarity : -1;
  }
}
