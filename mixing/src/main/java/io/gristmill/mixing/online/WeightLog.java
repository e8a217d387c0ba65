package io.gristmill.mixing.online;

import io.gristmill.mixing.blend.BlendOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a run that changed them as it went, stretch by stretch: enough for the order of
 * all its sequences.
 *
 * <p>The order begins anew at every change, as nobody knew of it: within a stretch of L sequences a
 * component that gets n of them has had n m / L of the first m, but for less than one sequence
 * ({@link BlendOrder}). What a component has had too much or too little until a change is made up
 * for in the stretch that follows: no more than the rounding is left, however often weights change.
 *
 * @param stretches in their order; none for a run that did not change its weights
 */
public record WeightLog(List<Stretch> stretches) {
  /** The most sequences of a stretch: each is a turn of a table. */
  public static final int MAX_SEQUENCES = BlendOrder.MAX_PERIOD;

  public WeightLog {
    stretches = List.copyOf(stretches);
    for (Stretch stretch : stretches) {
      int components = stretches.getFirst().turns().size();
      if (stretch.turns().size() != components) {
        throw new IllegalArgumentException(
            "the weight log has stretches of %d and %d components, must be the same"
                .formatted(components, stretch.turns().size()));
      }
    }
  }

  /** The log of a run that does not change its weights. */
  public static WeightLog none() {
    return new WeightLog(List.of());
  }

  public boolean isEmpty() {
    return stretches.isEmpty();
  }

  /** The sequences of all stretches. */
  public long sequences() {
    return stretches.stream().mapToLong(Stretch::sequences).sum();
  }

  /** The sequences of each component, over all stretches. */
  public long[] turns() {
    long[] turns = new long[isEmpty() ? 0 : stretches.getFirst().turns().size()];
    for (Stretch stretch : stretches) {
      for (int i = 0; i < turns.length; i++) {
        turns[i] += stretch.turns().get(i);
      }
    }
    return turns;
  }

  /**
   * How many sequences each component is ahead of its target after all stretches, below 0 where it
   * is behind: the target is the sum of the shares aimed at.
   */
  public List<Double> deviation() {
    return deviations().getLast();
  }

  /** The deviation at the beginning of each stretch, and last the one after all of them. */
  public List<List<Double>> deviations() {
    double[] ahead = new double[isEmpty() ? 0 : stretches.getFirst().turns().size()];
    List<List<Double>> deviations = new ArrayList<>(List.of(list(ahead)));
    for (Stretch stretch : stretches) {
      for (int i = 0; i < ahead.length; i++) {
        ahead[i] += stretch.turns().get(i) - stretch.sequences() * stretch.shares().get(i);
      }
      deviations.add(list(ahead));
    }
    return deviations;
  }

  private static List<Double> list(double[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /** The mean over the sequences of the weights that the rule gave: what DoReMi is after. */
  public List<Double> average() {
    double[] sums = new double[stretches.getFirst().weights().size()];
    for (Stretch stretch : stretches) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += stretch.sequences() * stretch.weights().get(i);
      }
    }
    long sequences = sequences();
    return list(Arrays.stream(sums).map(sum -> sum / sequences).toArray());
  }

  /** The order of the sequences of all stretches. */
  public BlendOrder order() {
    BlendOrder order =
        BlendOrder.of(stretches.getFirst().turns().stream().mapToLong(count -> count).toArray());
    long end = stretches.getFirst().sequences();
    for (Stretch stretch : stretches.subList(1, stretches.size())) {
      order = order.then(end, stretch.turns());
      end += stretch.sequences();
    }
    return order;
  }

  /**
   * The log with one more stretch. A component gets its weight of the sequences, plus what it is
   * behind or minus what it is ahead, rounded by {@link Apportionment}; no more than its cap
   * leaves, the rest going to the others in the ratio of their weights.
   *
   * @param sequences of the stretch, 1 to {@link #MAX_SEQUENCES}
   * @param weights that the rule gave, summing to 1
   * @param caps the most sequences of each component in all
   * @throws IllegalArgumentException if the caps leave fewer sequences than the stretch has
   */
  public WeightLog then(long sequences, List<Double> weights, long[] caps) {
    if (sequences < 1 || sequences > MAX_SEQUENCES) {
      throw new IllegalArgumentException(
          "a stretch of %,d sequences between changes of the weights, must be 1 to %,d"
              .formatted(sequences, MAX_SEQUENCES));
    }
    long[] had = isEmpty() ? new long[caps.length] : turns();
    List<Double> ahead = isEmpty() ? list(new double[caps.length]) : deviation();
    long[] room = new long[caps.length];
    for (int i = 0; i < room.length; i++) {
      room[i] = weights.get(i) > 0 ? Math.max(0, caps[i] - had[i]) : 0;
    }
    double[] shares = limited(weights, sequences, room);
    double[] quotas = new double[room.length];
    for (int i = 0; i < quotas.length; i++) {
      quotas[i] = sequences * shares[i] - ahead.get(i);
    }
    long[] turns = Apportionment.of(quotas, sequences, room);
    List<Stretch> more = new ArrayList<>(stretches);
    more.add(new Stretch(weights, list(shares), Arrays.stream(turns).boxed().toList()));
    return new WeightLog(more);
  }

  /** The weights with none above what there is room for, the others in their ratio. */
  private static double[] limited(List<Double> weights, long sequences, long[] room) {
    long all = Arrays.stream(room).sum();
    if (all < sequences) {
      throw new IllegalArgumentException(
          "a stretch of %,d sequences, but max-epochs leaves %,d; allow more epochs or train fewer steps"
              .formatted(sequences, all));
    }
    double[] shares = weights.stream().mapToDouble(weight -> weight).toArray();
    boolean[] full = new boolean[shares.length];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < shares.length; i++) {
        if (!full[i] && shares[i] * sequences > room[i]) {
          full[i] = true;
          shares[i] = (double) room[i] / sequences;
          changed = true;
        }
      }
      if (changed) {
        spread(weights, shares, full);
      }
    }
    return shares;
  }

  /** What the full ones leave, to the others in the ratio of their weights. */
  private static void spread(List<Double> weights, double[] shares, boolean[] full) {
    double left = 1;
    double open = 0;
    for (int i = 0; i < shares.length; i++) {
      left -= full[i] ? shares[i] : 0;
      open += full[i] ? 0 : weights.get(i);
    }
    for (int i = 0; i < shares.length; i++) {
      if (!full[i]) {
        shares[i] = open > 0 ? Math.max(0, left) * (weights.get(i) / open) : 0;
      }
    }
  }
}
