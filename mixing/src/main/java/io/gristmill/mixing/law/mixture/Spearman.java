package io.gristmill.mixing.law.mixture;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation: 1 where a predictor puts all mixtures in the right order, however
 * wrong its losses are. That is what choosing a mixture needs.
 */
public final class Spearman {
  private Spearman() {}

  /** The correlation of the ranks; equal numbers share the mean of their ranks. */
  public static double correlation(double[] predicted, double[] observed) {
    if (predicted.length != observed.length || predicted.length < 2) {
      throw new IllegalArgumentException(
          "%d predictions and %d observations: must be as many, and two at least"
              .formatted(predicted.length, observed.length));
    }
    double[] one = ranks(predicted);
    double[] other = ranks(observed);
    double mean = (one.length - 1) / 2.0;
    double together = 0;
    double ofOne = 0;
    double ofOther = 0;
    for (int i = 0; i < one.length; i++) {
      together += (one[i] - mean) * (other[i] - mean);
      ofOne += (one[i] - mean) * (one[i] - mean);
      ofOther += (other[i] - mean) * (other[i] - mean);
    }
    return together / Math.sqrt(ofOne * ofOther);
  }

  private static double[] ranks(double[] numbers) {
    int[] order =
        IntStream.range(0, numbers.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> numbers[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[numbers.length];
    for (int start = 0, end; start < order.length; start = end) {
      end = start + 1;
      while (end < order.length && numbers[order[end]] == numbers[order[start]]) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order[i]] = (start + end - 1) / 2.0;
      }
    }
    return ranks;
  }
}
