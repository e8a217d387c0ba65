package io.gristmill.mixing.mixture;

import io.gristmill.mixing.blend.BlendOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Decimal weights as whole numbers in the same ratio. */
final class IntegerWeights {
  private IntegerWeights() {}

  /**
   * The smallest whole numbers in the ratio of the decimals, as they are written, when their sum is
   * at most {@link BlendOrder#MAX_PERIOD}; else whole numbers of exactly that sum by largest
   * remainder, of equal ones the first, and at least 1 where the decimal is above 0.
   */
  static long[] of(List<Double> decimals) {
    int scale = decimals.stream().mapToInt(d -> BigDecimal.valueOf(d).scale()).max().orElse(0);
    List<BigInteger> exact =
        decimals.stream()
            .map(d -> BigDecimal.valueOf(d).setScale(Math.max(0, scale)).unscaledValue())
            .toList();
    BigInteger divisor = exact.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    List<BigInteger> reduced = exact.stream().map(w -> w.divide(divisor)).toList();
    BigInteger sum = reduced.stream().reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.compareTo(BigInteger.valueOf(BlendOrder.MAX_PERIOD)) <= 0) {
      return reduced.stream().mapToLong(BigInteger::longValueExact).toArray();
    }
    return rounded(reduced, sum);
  }

  private static long[] rounded(List<BigInteger> weights, BigInteger sum) {
    BigInteger period = BigInteger.valueOf(BlendOrder.MAX_PERIOD);
    long[] whole = new long[weights.size()];
    BigInteger[] remainder = new BigInteger[weights.size()];
    long missing = BlendOrder.MAX_PERIOD;
    for (int i = 0; i < whole.length; i++) {
      BigInteger[] parts = weights.get(i).multiply(period).divideAndRemainder(sum);
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
    return whole;
  }
}
