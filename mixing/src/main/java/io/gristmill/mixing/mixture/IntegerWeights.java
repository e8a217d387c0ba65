package io.gristmill.mixing.mixture;

import io.gristmill.mixing.blend.BlendOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Weights as whole numbers that a {@link BlendOrder} takes. */
final class IntegerWeights {
  private IntegerWeights() {}

  /** Whole numbers in the ratio of the decimals, as they are written. */
  static List<BigInteger> whole(List<BigDecimal> decimals) {
    int scale = decimals.stream().mapToInt(BigDecimal::scale).max().orElse(0);
    return decimals.stream().map(d -> d.setScale(Math.max(0, scale)).unscaledValue()).toList();
  }

  /**
   * The smallest whole numbers in the ratio of the weights of each phase, when their sum is at most
   * {@link BlendOrder#MAX_PERIOD}; else {@link #rounded} to that sum. Should the sums of the phases
   * have no common multiple up to {@link BlendOrder#MAX_DENOMINATOR}, all are rounded so.
   *
   * @param phases the weights of each phase, not all of them 0
   * @return the same list of lists
   */
  static List<List<Long>> of(List<List<BigInteger>> phases) {
    List<List<Long>> weights =
        phases.stream()
            .map(IntegerWeights::reduced)
            .map(
                reduced ->
                    sum(reduced).compareTo(BigInteger.valueOf(BlendOrder.MAX_PERIOD)) <= 0
                        ? reduced.stream().map(BigInteger::longValueExact).toList()
                        : rounded(reduced, BlendOrder.MAX_PERIOD))
            .toList();
    long[] sums =
        weights.stream().mapToLong(phase -> phase.stream().mapToLong(w -> w).sum()).toArray();
    return BlendOrder.haveCommonDenominator(sums)
        ? weights
        : phases.stream().map(phase -> rounded(phase, BlendOrder.MAX_PERIOD)).toList();
  }

  private static List<BigInteger> reduced(List<BigInteger> weights) {
    BigInteger divisor = weights.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    return weights.stream().map(weight -> weight.divide(divisor)).toList();
  }

  private static BigInteger sum(List<BigInteger> weights) {
    return weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * Whole numbers of exactly this sum in about the ratio of the weights, by largest remainder, of
   * equal ones the first, and at least 1 where the weight is above 0.
   *
   * @param weights not all of them 0
   * @param total the sum, at least the number of weights
   */
  static List<Long> rounded(List<BigInteger> weights, long total) {
    BigInteger sum = sum(weights);
    long[] whole = new long[weights.size()];
    BigInteger[] remainder = new BigInteger[weights.size()];
    long missing = total;
    for (int i = 0; i < whole.length; i++) {
      BigInteger[] parts =
          weights.get(i).multiply(BigInteger.valueOf(total)).divideAndRemainder(sum);
      whole[i] = parts[0].longValueExact();
      remainder[i] = parts[1];
      if (whole[i] == 0 && weights.get(i).signum() > 0) {
        whole[i] = 1;
        remainder[i] = BigInteger.ZERO;
      }
      missing -= whole[i];
    }
    List<Integer> largest =
        IntStream.range(0, whole.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> remainder[i]).reversed())
            .toList();
    for (int i = 0; missing > 0; i++, missing--) {
      whole[largest.get(i)]++;
    }
    int heaviest =
        IntStream.range(0, whole.length).reduce((a, b) -> whole[b] > whole[a] ? b : a).orElse(0);
    whole[heaviest] += missing; // below 0 only when tiny weights were raised to 1
    return IntStream.range(0, whole.length).mapToObj(i -> whole[i]).toList();
  }
}
