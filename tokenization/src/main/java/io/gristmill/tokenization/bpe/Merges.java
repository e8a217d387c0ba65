package io.gristmill.tokenization.bpe;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The merges of a BPE, in the order in which they were learned and are applied: rank r joins {@code
 * left(r)} and {@code right(r)} into {@code result(r)}. Immutable.
 */
public final class Merges {
  private final int[] left;
  private final int[] right;
  private final int[] result;

  /** Three ids a merge, arrays of the same length, copied. */
  public Merges(int[] left, int[] right, int[] result) {
    if (left.length != right.length || left.length != result.length) {
      throw new IllegalArgumentException(
          "merges have %d left sides, %d right sides and %d results"
              .formatted(left.length, right.length, result.length));
    }
    this.left = left.clone();
    this.right = right.clone();
    this.result = result.clone();
  }

  /** How many merges there are. */
  public int size() {
    return left.length;
  }

  public int left(int rank) {
    return left[rank];
  }

  public int right(int rank) {
    return right[rank];
  }

  public int result(int rank) {
    return result[rank];
  }

  /** The first {@code count} merges, with the ids that the kept ones have when they close up. */
  Merges first(int count, BitSet kept) {
    int[] ids = new int[kept.length()];
    int next = 0;
    for (int id = kept.nextSetBit(0); id >= 0; id = kept.nextSetBit(id + 1)) {
      ids[id] = next++;
    }
    return new Merges(
        renumbered(left, count, ids),
        renumbered(right, count, ids),
        renumbered(result, count, ids));
  }

  private static int[] renumbered(int[] side, int count, int[] ids) {
    return Arrays.stream(side, 0, count).map(id -> ids[id]).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Merges that
        && Arrays.equals(left, that.left)
        && Arrays.equals(right, that.right)
        && Arrays.equals(result, that.result);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(left) + Arrays.hashCode(right);
  }
}
