package io.gristmill.tokenization.quality;

import java.util.Arrays;

/**
 * How evenly a tokenizer uses its vocabulary: an entropy of the token frequencies over the largest
 * that the vocabulary allows, so 1 when every token is equally frequent (Zouhar et al. 2023, arXiv
 * 2306.16842). NaN where there is no token, or a vocabulary of one.
 */
final class Efficiency {
  /** The order that agreed best with translation quality there. */
  static final double ORDER = 2.5;

  private Efficiency() {}

  /** Shannon's: {@code -sum p ln p / ln V}. */
  static double shannon(long[] counts, int vocabularySize) {
    double total = Arrays.stream(counts).sum();
    double entropy = 0;
    for (long count : counts) {
      if (count > 0) {
        entropy -= count / total * Math.log(count / total);
      }
    }
    return efficiency(entropy, total, vocabularySize);
  }

  /**
   * Renyi's: {@code ln(sum p^order) / (1 - order) / ln V}. An order above 1 weighs frequent tokens:
   * a few that take most of the text make it small.
   *
   * @param order positive, not 1
   */
  static double renyi(long[] counts, double order, int vocabularySize) {
    double total = Arrays.stream(counts).sum();
    double sum = 0;
    for (long count : counts) {
      if (count > 0) {
        sum += Math.pow(count / total, order);
      }
    }
    return efficiency(Math.log(sum) / (1 - order), total, vocabularySize);
  }

  private static double efficiency(double entropy, double total, int vocabularySize) {
    return total == 0 || vocabularySize < 2 ? Double.NaN : entropy / Math.log(vocabularySize);
  }
}
