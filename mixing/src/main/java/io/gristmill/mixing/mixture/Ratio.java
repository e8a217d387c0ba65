package io.gristmill.mixing.mixture;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The ratio of the components that a list of lines consists of: weights as given, or by temperature
 * p_i ~ n_i^(1/t) from the tokens n_i (Devlin 2018 and Conneau et al. 2020, arXiv 1911.02116,
 * section 3.1, whose alpha is 1/t); the parts of a line divide what the line has.
 *
 * @param weight a whole number, only the ratio to the others of the list counts
 * @param share of the tokens, as configured
 */
record Ratio(BigInteger weight, BigDecimal share) {
  private static final double SUM_TOLERANCE = 1e-6;
  private static final int MILLION = 1_000_000;

  /**
   * The ratio of the components, in their order.
   *
   * @param lines some of {@code mixture.weights}, or the parts of one
   * @param weights of the lines in place of their own; none for their own
   * @param temperature 0 for the weights
   * @param tokens of each component
   */
  static List<Ratio> of(
      List<Weight> lines, List<Double> weights, double temperature, long[] tokens) {
    List<List<Ratio>> inner = new ArrayList<>();
    List<BigDecimal> numbers = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      Weight line = lines.get(i);
      int to = from + Leaf.of(line).size();
      long[] own = Arrays.copyOfRange(tokens, from, to);
      inner.add(
          line.parts().isEmpty()
              ? List.of(new Ratio(BigInteger.ONE, BigDecimal.ONE))
              : of(line.parts(), List.of(), line.temperature(), own));
      double number =
          !weights.isEmpty()
              ? weights.get(i)
              : temperature == 0 ? line.weight() : tempered(LongStream.of(own).sum(), temperature);
      numbers.add(BigDecimal.valueOf(number));
      from = to;
    }
    boolean given = !weights.isEmpty() || temperature == 0;
    return divided(inner, numbers, given ? BigDecimal.ONE : sum(numbers));
  }

  private static double tempered(long tokens, double temperature) {
    // StrictMath: the same bits on every machine.
    double size = (double) tokens;
    return temperature == 1 ? size : StrictMath.pow(size, 1 / temperature);
  }

  /** Each line has number / sum of all; exact, over the product of the sums within the lines. */
  private static List<Ratio> divided(
      List<List<Ratio>> inner, List<BigDecimal> numbers, BigDecimal whole) {
    List<BigInteger> lines = IntegerWeights.whole(numbers);
    List<BigInteger> sums =
        inner.stream()
            .map(list -> list.stream().map(Ratio::weight).reduce(BigInteger.ZERO, BigInteger::add))
            .toList();
    BigInteger product = sums.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    return IntStream.range(0, inner.size())
        .boxed()
        .flatMap(
            i -> {
              BigInteger factor = lines.get(i).multiply(product.divide(sums.get(i)));
              BigDecimal share = numbers.get(i).divide(whole, MathContext.DECIMAL128);
              return inner.get(i).stream()
                  .map(r -> new Ratio(r.weight.multiply(factor), r.share.multiply(share)));
            })
        .toList();
  }

  private static BigDecimal sum(List<BigDecimal> numbers) {
    return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Refuses a list of lines that gives no ratio.
   *
   * @param key of the list
   * @param whose of what, for messages
   * @param giver of what the keys are that would give the weights: {@code mixture.} or {@code its }
   * @param by what gives the weights
   */
  static void check(
      String key, String whose, String giver, List<Weight> lines, RatioBy by, double temperature) {
    if (by == RatioBy.ENTROPY && temperature != 0) {
      throw new IllegalArgumentException(
          "temperature%s is %s, but by is entropy, which gives the weights too; remove one"
              .formatted(whose, temperature));
    }
    if (temperature != 0 && !(temperature >= 1 && temperature <= 1000)) {
      throw new IllegalArgumentException(
          "temperature%s is %s, must be 0 for weights as given, or 1 to 1000: 1 takes by size, 2 lifts what is small, 1000 takes evenly"
              .formatted(whose, temperature));
    }
    boolean given = by == RatioBy.WEIGHT && temperature == 0;
    for (Weight line : lines) {
      if (given && Double.isNaN(line.weight())) {
        throw new IllegalArgumentException(
            "%s%s have no weight for %s; say it, or %stemperature to take it from the sizes, or %sby: entropy"
                .formatted(key, whose, line.label(), giver, giver));
      }
      if (!given && !Double.isNaN(line.weight())) {
        throw new IllegalArgumentException(
            "%s%s have a weight for %s beside %s%s, which gives it; remove one"
                .formatted(
                    key,
                    whose,
                    line.label(),
                    giver,
                    by == RatioBy.ENTROPY ? "by: entropy" : "temperature"));
      }
    }
    if (given) {
      checkSum(key + whose, lines.stream().map(Weight::weight).toList());
    }
  }

  static void checkSum(String what, List<Double> weights) {
    List<BigDecimal> numbers = weights.stream().map(BigDecimal::valueOf).toList();
    double sum = sum(numbers).doubleValue();
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          sum == 0
              ? "%s sum to 0, must sum to 1".formatted(what)
              : "%s sum to %s, must sum to 1; multiplied by %.6f they would: %s"
                  .formatted(what, sum, 1 / sum, normalized(numbers)));
    }
  }

  /** Millionths in about the same ratio that sum to 1, as one would write them. */
  private static String normalized(List<BigDecimal> numbers) {
    return IntegerWeights.rounded(IntegerWeights.whole(numbers), MILLION).stream()
        .map(millionths -> BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString())
        .collect(Collectors.joining(", "));
  }
}
