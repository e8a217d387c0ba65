package io.gristmill.mixing.mixture;

import io.gristmill.mixing.blend.BlendOrder;
import io.gristmill.mixing.blend.BlendPhase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The phases of a run before its length is known: each begins at its share of the sequences,
 * rounded to the nearest.
 */
final class Schedule {
  private final List<BigDecimal> shares;
  private final List<List<Long>> weights;
  private final Optional<BlendOrder> constant; // of one phase, whose order no length changes

  /**
   * @param shares of the sequences, above 0
   * @param weights per phase, of each component
   */
  Schedule(List<BigDecimal> shares, List<List<Long>> weights) {
    this.shares = List.copyOf(shares);
    this.weights = List.copyOf(weights);
    this.constant =
        shares.size() == 1
            ? Optional.of(BlendOrder.of(List.of(new BlendPhase(1, weights.getFirst()))))
            : Optional.empty();
  }

  List<BigDecimal> shares() {
    return shares;
  }

  List<List<Long>> weights() {
    return weights;
  }

  /** Sequences of each phase of a run of so many. */
  List<Long> lengths(long sequences) {
    BigDecimal whole = shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<Long> lengths = new ArrayList<>();
    BigDecimal until = BigDecimal.ZERO;
    long begin = 0;
    for (BigDecimal share : shares) {
      until = until.add(share);
      long end =
          until
              .multiply(BigDecimal.valueOf(sequences))
              .divide(whole, 0, RoundingMode.HALF_UP)
              .longValueExact();
      lengths.add(end - begin);
      begin = end;
    }
    return lengths;
  }

  /**
   * The order of a run of so many sequences.
   *
   * @throws IllegalArgumentException if a phase is too short for a sequence
   */
  BlendOrder order(long sequences) {
    if (constant.isPresent() && sequences > 0) {
      return constant.get();
    }
    List<Long> lengths = lengths(sequences);
    List<BlendPhase> phases = new ArrayList<>();
    for (int p = 0; p < shares.size(); p++) {
      if (lengths.get(p) == 0) {
        throw new IllegalArgumentException(
            "mixture.phases: phase %d has %s of the tokens, which is no sequence of %,d; ask for more tokens or give it a larger share"
                .formatted(p + 1, shares.get(p).toPlainString(), sequences));
      }
      phases.add(new BlendPhase(lengths.get(p), weights.get(p)));
    }
    return BlendOrder.of(phases);
  }

  /** Turns of each component in each phase of a run of so many sequences, at least 1. */
  List<List<Long>> turns(long sequences) {
    BlendOrder order = order(sequences);
    return Mixture.phaseSequences(order, lengths(sequences));
  }

  /**
   * The longest run in which no component has more turns than its cap; 0 if there is none. With one
   * phase, up to the last turn that fits. With several the order is another one for every length,
   * so the targets are held to the caps: a component has less than one turn more than its target.
   */
  long most(long[] caps) {
    return constant
        .map(order -> last(sequences -> fits(order, sequences, caps)))
        .orElseGet(() -> last(sequences -> targetsFit(sequences, caps)));
  }

  private static boolean fits(BlendOrder order, long sequences, long[] caps) {
    for (int i = 0; i < caps.length; i++) {
      if (order.count(i, sequences) > caps[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean targetsFit(long sequences, long[] caps) {
    List<Long> lengths = lengths(sequences);
    List<BigInteger> sums =
        weights.stream()
            .map(phase -> BigInteger.valueOf(phase.stream().mapToLong(w -> w).sum()))
            .toList();
    BigInteger denominator = sums.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    for (int i = 0; i < caps.length; i++) {
      BigInteger target = BigInteger.ZERO;
      for (int p = 0; p < lengths.size(); p++) {
        target =
            target.add(
                BigInteger.valueOf(lengths.get(p))
                    .multiply(BigInteger.valueOf(weights.get(p).get(i)))
                    .multiply(denominator.divide(sums.get(p))));
      }
      if (target.compareTo(denominator.multiply(BigInteger.valueOf(caps[i]))) > 0) {
        return false;
      }
    }
    return true;
  }

  private static long last(LongPredicate fits) {
    long low = 0;
    long high = 1;
    while (fits.test(high)) {
      low = high;
      high = Math.multiplyExact(2, high);
    }
    while (low + 1 < high) {
      long middle = (low + high) >>> 1;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
