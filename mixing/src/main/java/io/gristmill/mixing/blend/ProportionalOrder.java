package io.gristmill.mixing.blend;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The order in which a component visits its shard groups within one epoch, so that each is consumed
 * in proportion to its size: sequence j of a group with S_g sequences is due at the fraction
 * (2j+1)/(2 S_g) of the epoch, and the sequences are taken as they fall due, of equal ones the
 * group listed first (the divisor method of Sainte-Laguë and Webster).
 *
 * <p>An epoch holds each group's S_g sequences exactly once. After any prefix of p out of S
 * sequences group g has had c_g(p) of them with {@code |c_g(p) - p S_g/S| <= 1/2 + G S_g/(2 S)}, G
 * being the number of groups. Positions are found by a search in integer arithmetic; nothing is
 * stored per sequence.
 */
public final class ProportionalOrder {
  /** The most sequences of one group: 2^30. */
  public static final long MAX_SEQUENCES = 1L << 30;

  private final long[] sizes;
  private final long total;

  /** A group and the index of one of its sequences. */
  public record Turn(int group, long index) {}

  /**
   * @param sizes sequences per group, each 0 to {@link #MAX_SEQUENCES}
   */
  public ProportionalOrder(long... sizes) {
    for (long size : sizes) {
      if (size < 0 || size > MAX_SEQUENCES) {
        throw new IllegalArgumentException(
            "a shard group of %d sequences, must be 0 to %d; use a longer sequence length"
                .formatted(size, MAX_SEQUENCES));
      }
    }
    this.sizes = sizes.clone();
    this.total = LongStream.of(sizes).sum();
  }

  /** The number of sequences of an epoch. */
  public long total() {
    return total;
  }

  /** The group and the sequence of it that stand at {@code position} of the epoch. */
  public Turn at(long position) {
    if (position < 0 || position >= total) {
      throw new IndexOutOfBoundsException("position %d of %d".formatted(position, total));
    }
    for (int group = 0; group < sizes.length; group++) {
      long index = search(group, position);
      if (index >= 0) {
        return new Turn(group, index);
      }
    }
    throw new IllegalStateException(
        "no group of %s stands at position %d".formatted(Arrays.toString(sizes), position));
  }

  /** How many of the first {@code positions} positions of the epoch are of {@code group}. */
  public long count(int group, long positions) {
    long low = 0;
    long high = sizes[group];
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (rank(group, middle) < positions) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The index within {@code group} whose rank is {@code position}, or -1 when it is another
   * group's.
   */
  private long search(int group, long position) {
    // The bound above leaves an estimate by proportion at most G/2 + 1 sequences off.
    long estimate = (long) ((double) position / total * sizes[group]);
    long low = Math.max(0, estimate - sizes.length - 2);
    long high = Math.min(sizes[group] - 1, estimate + sizes.length + 2);
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long rank = rank(group, middle);
      if (rank == position) {
        return middle;
      }
      if (rank < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /**
   * The position of sequence {@code index} of {@code group}: how many sequences are due before it.
   */
  private long rank(int group, long index) {
    long rank = index;
    for (int other = 0; other < sizes.length; other++) {
      if (other != group) {
        // Due before: (2j+1) S_g < (2 index + 1) S_other, or equal when the other group is listed
        // first.
        long bound = (2 * index + 1) * sizes[other] - sizes[group] + (other < group ? 1 : 0);
        rank += bound <= 0 ? 0 : Math.ceilDiv(bound, 2 * sizes[group]);
      }
    }
    return rank;
  }
}
