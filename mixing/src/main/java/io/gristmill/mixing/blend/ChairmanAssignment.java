package io.gristmill.mixing.blend;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tijdeman's chairman assignment, slot after slot, for shares that change at slots known in advance
 * (1980, Discrete Mathematics 32, 323-330; the theorem is about any sequence of shares).
 *
 * <p>T_i(n) is the sum of the shares of component i over the first n slots, c_i(n) the turns that
 * it has had in them, and d = 1/(2K-2). Turn c of a component (from 0) may be taken once T_i >= c +
 * d and must be before T_i exceeds c + 1 - d: so no prefix is further than 1 - d from its target.
 * There is an order that keeps to all these dates; the earliest deadline first finds it, as it
 * finds one for any unit jobs on one machine. A deadline is the last moment on the piecewise linear
 * T_i, the moments within a slot included, at which the turn is not yet late; of equal ones the
 * first component goes first.
 *
 * <p>All numbers are whole: shares over a common denominator D, lags times D, deadlines as a slot
 * and a fraction of it.
 */
final class ChairmanAssignment {
  private static final long NEVER = Long.MAX_VALUE;

  private final long[][] shares; // [phase][component], times D
  private final long[] ends; // the slot after the last of each phase
  private final long denominator; // D
  private final long scale; // 1/d
  private final int[] active; // components with a share in some phase
  private final long[] lag; // (T_i - c_i) D
  private final long[] deadline; // the slot in which the next turn gets late
  private final long[] remainder; // and the fraction of it: remainder / (scale * slope)
  private final long[] slope;
  private long slot;
  private int phase;

  /**
   * @param shares per phase and component, whole numbers that sum to the denominator in each phase
   * @param ends the slot after the last of each phase, ascending; the last phase never ends
   * @param denominator at most 2^50, with at most 1,024 components: all sums stay within 64 bits
   */
  ChairmanAssignment(long[][] shares, long[] ends, long denominator) {
    int components = shares[0].length;
    this.shares = shares;
    this.ends = ends.clone();
    this.ends[ends.length - 1] = NEVER;
    this.denominator = denominator;
    this.active =
        IntStream.range(0, components)
            .filter(i -> Arrays.stream(shares).anyMatch(phase -> phase[i] > 0))
            .toArray();
    this.scale = Math.max(1, 2L * active.length - 2);
    this.lag = new long[components];
    this.deadline = new long[components];
    this.remainder = new long[components];
    this.slope = new long[components];
    for (int i : active) {
      setDeadline(i);
    }
  }

  /** The slot that {@link #next} gives away. */
  long slot() {
    return slot;
  }

  /** How far each component is behind its target, times the denominator: what decides the rest. */
  long[] lags() {
    return lag.clone();
  }

  /** The component that the slot goes to. */
  int next() {
    while (slot == ends[phase]) {
      phase++;
    }
    int chosen = -1;
    for (int i : active) {
      lag[i] += shares[phase][i];
      if (scale * lag[i] >= denominator && (chosen < 0 || earlier(i, chosen))) {
        chosen = i;
      }
    }
    assert chosen >= 0 : "no component is open at slot " + slot;
    lag[chosen] -= denominator;
    slot++;
    setDeadline(chosen);
    return chosen;
  }

  /** Goes on by slots of the same phase after which all lags are what they are now. */
  void skip(long slots) {
    slot += slots;
    for (int i : active) {
      setDeadline(i);
    }
  }

  private void setDeadline(int i) {
    long missing = scale * (denominator - lag[i]) - denominator; // to T_i = c_i + 1 - d, scaled
    long from = slot;
    for (int p = phase; p < shares.length; p++) {
      long step = scale * shares[p][i];
      long left = ends[p] - from;
      if (step > 0 && missing / step < left) {
        deadline[i] = from + missing / step;
        remainder[i] = missing % step;
        slope[i] = shares[p][i];
        return;
      }
      missing -= left * step; // step is 0, or the product at most what is missing
      from = ends[p];
    }
    deadline[i] = NEVER;
    remainder[i] = 0;
    slope[i] = 1;
  }

  private boolean earlier(int i, int j) {
    return deadline[i] < deadline[j]
        || (deadline[i] == deadline[j] && less(remainder[i], slope[j], remainder[j], slope[i]));
  }

  /** Whether a b is below c d, in 128 bits; none is negative. */
  private static boolean less(long a, long b, long c, long d) {
    long left = Math.multiplyHigh(a, b);
    long right = Math.multiplyHigh(c, d);
    return left < right || (left == right && Long.compareUnsigned(a * b, c * d) < 0);
  }
}
