package io.gristmill.mixing.blend;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The order in which the components of a mixture take their turns: slot n belongs to one component.
 * The shares may change from phase to phase, at slots that are known in advance.
 *
 * <p>After any number n of slots every component i has had c_i(n) of them with
 *
 * <pre>  |c_i(n) - T_i(n)| &lt;= 1 - 1/(2K-2)</pre>
 *
 * where T_i(n) is its target, the shares of the first n slots added up over the phases, and K the
 * number of components with a weight above zero in some phase. See {@link ChairmanAssignment} for
 * how. No bound below this one holds for all weights.
 *
 * <p><b>Any slot directly.</b> Let W be the sum of a phase's weights, their common divisor taken
 * out. A turn that may be taken at the phase's first slot is due within the next W, being due (1 -
 * 2d) W/w_i slots after it may be taken. The turns due by any given slot are served before all
 * others, so how many of them wait is the usual backlog of a queue that serves one a slot: the
 * larger of what the beginning left over and of what came later. After W slots the beginning no
 * longer shows, but for its size, which the next round has too: from there on the order repeats
 * every W slots. Only in the last W slots of the phase do deadlines fall into the next one, whose
 * shares move them. So a phase is kept in tables of at most 4 W turns, whatever its length: W to
 * settle, one round that repeats, and the end. Where the targets of a phase begin at whole numbers,
 * as in the first one, it is settled from the beginning.
 */
public final class BlendOrder {
  /** The largest sum of the weights of a phase: 1,048,576. */
  public static final int MAX_PERIOD = 1 << 20;

  /** The largest common multiple of the sums of all phases: 2^50. */
  public static final long MAX_DENOMINATOR = 1L << 50;

  /** The most components: 1,024. */
  public static final int MAX_COMPONENTS = 1 << 10;

  private final int components;
  private final List<TurnTable> tables;

  private BlendOrder(int components, List<TurnTable> tables) {
    this.components = components;
    this.tables = tables;
  }

  /**
   * The order for weights that never change.
   *
   * @param weights one per component
   * @throws IllegalArgumentException as {@link #of(List)}
   */
  public static BlendOrder of(long... weights) {
    return of(List.of(new BlendPhase(1, LongStream.of(weights).boxed().toList())));
  }

  /**
   * The order for a schedule. The last phase goes on for as long as is asked.
   *
   * @throws IllegalArgumentException if there are no phases or they differ in components, or if the
   *     weights of a phase, reduced by their common divisor, sum to more than {@link #MAX_PERIOD},
   *     or the sums have a common multiple above {@link #MAX_DENOMINATOR}
   */
  public static BlendOrder of(List<BlendPhase> phases) {
    int components = phases.isEmpty() ? 0 : phases.getFirst().weights().size();
    if (components < 1 || components > MAX_COMPONENTS) {
      throw new IllegalArgumentException(
          "a blend of %d components, must be 1 to %d".formatted(components, MAX_COMPONENTS));
    }
    int[] periods = new int[phases.size()];
    long[] ends = new long[phases.size()];
    long[][] shares = new long[phases.size()][];
    for (int p = 0; p < periods.length; p++) {
      shares[p] = reduced(phases.get(p).weights(), components);
      periods[p] = Math.toIntExact(LongStream.of(shares[p]).sum());
      ends[p] = Math.addExact(p == 0 ? 0 : ends[p - 1], phases.get(p).slots());
    }
    long denominator = denominator(periods);
    for (int p = 0; p < periods.length; p++) {
      for (int i = 0; i < components; i++) {
        shares[p][i] *= denominator / periods[p];
      }
    }
    return new BlendOrder(
        components,
        tables(new ChairmanAssignment(shares, ends, denominator), components, periods, ends));
  }

  /**
   * This order up to a slot, and from there that of other weights, of which nobody knew: it begins
   * anew, as {@link #of(long...)} does, with the counts so far. Its bound holds from the slot on,
   * for the turns since.
   *
   * @param slot at which the weights change, not before the last change
   * @param weights one per component
   * @throws IllegalArgumentException as {@link #of(List)}
   */
  public BlendOrder then(long slot, List<Long> weights) {
    TurnTable last = tables.getLast();
    if (slot < last.first()) {
      throw new IllegalArgumentException(
          "blend weights change at slot %d, must not before the last change at %d"
              .formatted(slot, last.first()));
    }
    long[] shares = reduced(new BlendPhase(1, weights).weights(), components);
    int period = Math.toIntExact(LongStream.of(shares).sum());
    var assignment = new ChairmanAssignment(new long[][] {shares}, new long[] {1}, period);
    var longer = new ArrayList<>(tables);
    longer.add(new TurnTable(slot, last.counts(slot), turns(assignment, period)));
    return new BlendOrder(components, List.copyOf(longer));
  }

  /** The number of components, those with weight 0 included. */
  public int components() {
    return components;
  }

  /** The component that slot {@code n} belongs to. */
  public int component(long n) {
    return table(n).component(n);
  }

  /** How many of the first {@code slots} slots belong to {@code component}. */
  public long count(int component, long slots) {
    return table(slots).count(component, slots);
  }

  /** The table that holds a slot: the last that begins at or before it. */
  private TurnTable table(long slot) {
    int low = 0;
    int high = tables.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tables.get(middle).first() <= slot) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return tables.get(low);
  }

  private static List<TurnTable> tables(
      ChairmanAssignment assignment, int components, int[] periods, long[] ends) {
    var tables = new ArrayList<TurnTable>();
    for (int p = 0; p < periods.length; p++) {
      boolean last = p == periods.length - 1;
      int period = periods[p];
      if (!last && ends[p] - assignment.slot() <= 4L * period) {
        add(tables, assignment, components, ends[p] - assignment.slot());
        continue;
      }
      long[] beginning = assignment.lags();
      add(tables, assignment, components, period);
      long[] settled = assignment.lags();
      if (!Arrays.equals(beginning, settled)) {
        add(tables, assignment, components, period); // the round that repeats
        assert Arrays.equals(settled, assignment.lags()) : "phase %d does not repeat".formatted(p);
      }
      if (!last) {
        long left = ends[p] - assignment.slot();
        assignment.skip((left / period - 1) * period);
        add(tables, assignment, components, ends[p] - assignment.slot());
      }
    }
    return List.copyOf(tables);
  }

  private static void add(
      List<TurnTable> tables, ChairmanAssignment assignment, int components, long slots) {
    long first = assignment.slot();
    long[] before = tables.isEmpty() ? new long[components] : tables.getLast().counts(first);
    tables.add(new TurnTable(first, before, turns(assignment, slots)));
  }

  private static short[] turns(ChairmanAssignment assignment, long slots) {
    short[] turns = new short[Math.toIntExact(slots)];
    for (int n = 0; n < turns.length; n++) {
      turns[n] = (short) assignment.next();
    }
    return turns;
  }

  /** The weights over their greatest common divisor. */
  private static long[] reduced(List<Long> weights, int components) {
    if (weights.size() != components) {
      throw new IllegalArgumentException(
          "blend phases of %d and %d components, must be the same"
              .formatted(components, weights.size()));
    }
    BigInteger divisor =
        weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::gcd);
    BigInteger sum =
        weights.stream()
            .map(BigInteger::valueOf)
            .reduce(BigInteger.ZERO, BigInteger::add)
            .divide(divisor);
    if (sum.compareTo(BigInteger.valueOf(MAX_PERIOD)) > 0) {
      throw new IllegalArgumentException(
          "blend weights %s sum to %d when reduced, must be at most %d"
              .formatted(weights, sum, MAX_PERIOD));
    }
    return weights.stream().mapToLong(weight -> weight / divisor.longValue()).toArray();
  }

  /** Whether phases whose weights have these sums can follow each other in one order. */
  public static boolean haveCommonDenominator(long... sums) {
    return commonMultiple(sums).compareTo(BigInteger.valueOf(MAX_DENOMINATOR)) <= 0;
  }

  private static BigInteger commonMultiple(long... sums) {
    return LongStream.of(sums)
        .distinct()
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ONE, (a, b) -> a.divide(a.gcd(b)).multiply(b));
  }

  private static long denominator(int[] periods) {
    long[] sums = Arrays.stream(periods).asLongStream().toArray();
    if (!haveCommonDenominator(sums)) {
      throw new IllegalArgumentException(
          "the weights of the blend phases sum to %s, whose common multiple exceeds %d; let the phases have the same sum"
              .formatted(Arrays.toString(periods), MAX_DENOMINATOR));
    }
    return commonMultiple(sums).longValueExact();
  }
}
