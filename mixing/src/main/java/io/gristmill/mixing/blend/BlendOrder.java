package io.gristmill.mixing.blend;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The order in which the components of a mixture take their turns: slot n belongs to one component.
 *
 * <p>After any number n of slots every component i has had c_i(n) of them with
 *
 * <pre>  |c_i(n) - n w_i / W| &lt;= 1 - 1/(2K-2)</pre>
 *
 * where w_i are the integer weights, W their sum and K the number of components with a weight above
 * zero. This is the chairman assignment of Tijdeman (1980, Discrete Mathematics 32, 323-330): among
 * the components with {@code w_i (n+1)/W - c_i >= 1/(2K-2)} the slot goes to the one whose deadline
 * {@code (c_i + 1 - 1/(2K-2)) W/w_i} is earliest; of equal deadlines, to the first. No bound below
 * this one holds for all weights.
 *
 * <p>Because the bound is below one, every component has had exactly w_i slots after W of them, and
 * the order repeats. One period is kept in a table (W is at most {@link #MAX_PERIOD}), so that any
 * slot and any count is found in constant time, without replaying the run up to it.
 */
public final class BlendOrder {
  /** The largest sum of weights: 1,048,576. */
  public static final int MAX_PERIOD = 1 << 20;

  /** The most components: 1,024; all products below stay within 64 bits. */
  public static final int MAX_COMPONENTS = 1 << 10;

  /** Counts are kept at every 256th slot and completed by a scan. */
  private static final int STRIDE = 256;

  private final int[] weights;
  private final int period;
  private final short[] turns; // component of each slot of one period
  private final int[][] counts; // [slot / STRIDE][component]: turns before that slot

  private BlendOrder(int[] weights, int period) {
    this.weights = weights;
    this.period = period;
    this.turns = turns(weights, period);
    this.counts = counts(turns, weights.length);
  }

  /**
   * The order for these weights; they are divided by their greatest common divisor first.
   *
   * @param weights one per component, each at least 0, some above 0
   * @throws IllegalArgumentException if a weight is negative, all are 0, or the reduced sum exceeds
   *     {@link #MAX_PERIOD}
   */
  public static BlendOrder of(long... weights) {
    if (weights.length < 1 || weights.length > MAX_COMPONENTS) {
      throw new IllegalArgumentException(
          "a blend of %d components, must be 1 to %d".formatted(weights.length, MAX_COMPONENTS));
    }
    long divisor = 0;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException(
            "blend weights %s: %d is negative".formatted(Arrays.toString(weights), weight));
      }
      divisor = greatestCommonDivisor(divisor, weight);
    }
    if (divisor == 0) {
      throw new IllegalArgumentException(
          "blend weights %s: all are 0, one at least must be above"
              .formatted(Arrays.toString(weights)));
    }
    long period = LongStream.of(weights).map(Math::absExact).reduce(0, Math::addExact) / divisor;
    if (period > MAX_PERIOD) {
      throw new IllegalArgumentException(
          "blend weights %s sum to %d when reduced, must be at most %d"
              .formatted(Arrays.toString(weights), period, MAX_PERIOD));
    }
    int[] reduced = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      reduced[i] = (int) (weights[i] / divisor);
    }
    return new BlendOrder(reduced, (int) period);
  }

  /** The number of components, those with weight 0 included. */
  public int components() {
    return weights.length;
  }

  /** After this many slots the order begins again: the sum of the reduced weights. */
  public int period() {
    return period;
  }

  /** The component that slot {@code n} belongs to. */
  public int component(long n) {
    return turns[(int) (n % period)];
  }

  /** How many of the first {@code slots} slots belong to {@code component}. */
  public long count(int component, long slots) {
    long rounds = slots / period;
    int rest = (int) (slots % period);
    int[] before = counts[rest / STRIDE];
    long count = rounds * weights[component] + before[component];
    for (int slot = rest - rest % STRIDE; slot < rest; slot++) {
      if (turns[slot] == component) {
        count++;
      }
    }
    return count;
  }

  private static short[] turns(int[] weights, int period) {
    short[] turns = new short[period];
    int[] active = active(weights);
    if (active.length == 1) {
      Arrays.fill(turns, (short) active[0]);
      return turns;
    }
    long scale = 2L * active.length - 2; // all comparisons are multiplied by 2K-2
    long[] taken = new long[weights.length];
    for (int n = 0; n < period; n++) {
      int chosen = -1;
      for (int i : active) {
        boolean open = scale * (weights[i] * (n + 1L) - taken[i] * period) >= period;
        if (open && (chosen < 0 || earlier(i, chosen, taken, weights, scale))) {
          chosen = i;
        }
      }
      assert chosen >= 0 : "no component is open at slot " + n;
      turns[n] = (short) chosen;
      taken[chosen]++;
    }
    return turns;
  }

  /**
   * Whether the deadline of i is before that of j: (scale (c_i + 1) - 1) / w_i, cross-multiplied.
   */
  private static boolean earlier(int i, int j, long[] taken, int[] weights, long scale) {
    return (scale * (taken[i] + 1) - 1) * weights[j] < (scale * (taken[j] + 1) - 1) * weights[i];
  }

  private static int[] active(int[] weights) {
    return IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
  }

  private static int[][] counts(short[] turns, int components) {
    int[][] counts = new int[turns.length / STRIDE + 1][];
    int[] running = new int[components];
    for (int slot = 0; slot < turns.length; slot++) {
      if (slot % STRIDE == 0) {
        counts[slot / STRIDE] = running.clone();
      }
      running[turns[slot]]++;
    }
    if (turns.length % STRIDE == 0) {
      counts[turns.length / STRIDE] = running;
    }
    return counts;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
