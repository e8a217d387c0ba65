package io.gristmill.trainer.collective;

/**
 * How a vector is divided among the workers: by recursive halving, in whole blocks.
 *
 * <p>In round r a worker meets partner {@code rank XOR 2^r}, and of the range that both still hold
 * the worker whose bit r is 0 keeps the lower half. After log₂ W rounds each holds its shard, and
 * each element has been summed over (0+1), (2+3), … then ((0+1)+(2+3)), …: the upper levels of the
 * perfect binary tree over slots, as worker w owns the w-th contiguous run of slots. Thakur et al.
 * 2005, section 4.2, with the partners in the other order.
 *
 * @param size floats in the vector
 * @param workers W, a power of two
 */
public record VectorShards(long size, int workers) {
  /** Shard borders lie on multiples of this many floats, so that block sums never straddle them. */
  public static final int BLOCK = 65_536;

  public VectorShards {
    if (workers < 1 || Integer.bitCount(workers) != 1) {
      throw new IllegalArgumentException(
          "workers is %d, must be a power of two; 1, 2, 4 and 8 are usual".formatted(workers));
    }
    if (size < 0) {
      throw new IllegalArgumentException("size is %d, must not be negative".formatted(size));
    }
  }

  /** Floats {@code from} (inclusive) to {@code to} (exclusive). */
  public record Range(long from, long to) {
    public long length() {
      return to - from;
    }
  }

  /** Number of halvings, log₂ W. */
  int rounds() {
    return Integer.numberOfTrailingZeros(workers);
  }

  /** Number of blocks, the last one possibly shorter. */
  public int blocks() {
    return Math.toIntExact((size + BLOCK - 1) / BLOCK);
  }

  /** What {@code rank} still holds after {@code rounds} halvings; after the last, its shard. */
  Range held(int rank, int rounds) {
    long from = 0;
    long to = blocks();
    for (int round = 0; round < rounds; round++) {
      long middle = (from + to + 1) / 2;
      if ((rank >> round & 1) == 0) {
        to = middle;
      } else {
        from = middle;
      }
    }
    return new Range(Math.min(size, from * BLOCK), Math.min(size, to * BLOCK));
  }

  /** The shard of {@code rank}, possibly empty when there are fewer blocks than workers. */
  public Range shard(int rank) {
    return held(rank, rounds());
  }

  /** The worker whose shard is the {@code n}-th in vector order: the bits of n in reverse. */
  public int owner(int n) {
    return rounds() == 0 ? 0 : Integer.reverse(n) >>> (Integer.SIZE - rounds());
  }
}
