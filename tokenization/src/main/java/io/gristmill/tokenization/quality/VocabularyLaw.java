package io.gristmill.tokenization.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * How the loss depends on the vocabulary size (Tao et al. 2024, arXiv 2407.13623, approach 3):
 * {@code L = -E + A1 / N^alpha1 + A2 / (V d)^alpha2 + B / D^beta}, where N are the parameters
 * without the vocabulary and V d those of the vocabulary, both in millions, and D the training
 * tokens in billions. L is the loss less that of a unigram model, so that vocabularies can be
 * compared. Training takes {@code C = 6 (N + V d) D} operations.
 *
 * <p>It was fitted on English alone. The published E and B give the published losses only where the
 * tokens are computed as in the authors' fit (docs/tokenizer-quality.md), so use differences of
 * losses and where the least is, never a loss by itself.
 */
public record VocabularyLaw(
    double a1, double alpha1, double a2, double alpha2, double b, double beta, double e) {
  private static final double LEAST_VOCABULARY = 256;
  private static final double MOST_VOCABULARY = 1 << 22;
  private static final int BISECTIONS = 100;

  /** What the published coefficients were fitted on. */
  private static final double LEAST_PARAMETERS = 33e6;

  private static final double MOST_PARAMETERS = 1.13e9;
  private static final double LEAST_COMPUTE = 2.18e17;
  private static final double MOST_COMPUTE = 4.37e20;
  private static final double LEAST_FITTED_VOCABULARY = 4096;
  private static final double MOST_FITTED_VOCABULARY = 96_256;

  /** The coefficients of the paper, with all the digits of the authors' program. */
  public static VocabularyLaw published() {
    double exponent = 0.44660634152009615;
    return new VocabularyLaw(
        1.8313851559554126,
        exponent,
        0.19584238398665638,
        0.6707374679896795,
        2.1241123120064955,
        exponent,
        5.5327846803337435);
  }

  /**
   * The loss, for comparison.
   *
   * @param parameters without the vocabulary
   * @param vocabularyParameters vocabulary size times hidden size
   * @param tokens trained on
   */
  public double loss(double parameters, double vocabularyParameters, double tokens) {
    return -e
        + a1 / Math.pow(parameters / 1e6, alpha1)
        + a2 / Math.pow(vocabularyParameters / 1e6, alpha2)
        + b / Math.pow(tokens / 1e9, beta);
  }

  /** Operations of a training: six for each parameter and token. */
  static double compute(double parameters, int hiddenSize, double vocabularySize, double tokens) {
    return 6 * (parameters + vocabularySize * hiddenSize) * tokens;
  }

  /**
   * The vocabulary size of the least loss where the training takes {@code compute} operations
   * whatever the size, between 256 and 4,194,304.
   *
   * @param parameters without the vocabulary
   */
  public double optimum(double parameters, int hiddenSize, double compute) {
    return root(
        size ->
            slope(
                parameters, hiddenSize, size, compute / compute(parameters, hiddenSize, size, 1)));
  }

  /**
   * The vocabulary size that is the {@link #optimum} for what it takes itself to train once over so
   * many characters.
   *
   * @param characters of training text, repeats included
   */
  public double optimumFor(
      double parameters, int hiddenSize, double characters, CompressionCurve curve) {
    return root(
        size -> slope(parameters, hiddenSize, size, characters * curve.tokensPerCharacter(size)));
  }

  /**
   * The sign of the derivative of the loss by V at fixed compute, above 0 where V is too large:
   * what the fewer tokens cost less what the larger vocabulary gains, over what it gains.
   */
  private double slope(double parameters, int hiddenSize, double size, double tokens) {
    double vocabulary = size * hiddenSize;
    double gain = alpha2 * a2 * Math.pow(vocabulary / 1e6, -alpha2) / vocabulary;
    double cost = beta * b * Math.pow(tokens / 1e9, -beta) / (parameters + vocabulary);
    return cost / gain - 1;
  }

  private static double root(DoubleUnaryOperator slope) {
    double low = Math.log(LEAST_VOCABULARY);
    double high = Math.log(MOST_VOCABULARY);
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (slope.applyAsDouble(Math.exp(middle)) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp(low);
  }

  /**
   * The vocabulary size that training over given text makes cheapest, of any loss: it has the least
   * {@code (N + V d) f(V)}. Needs no law of the loss, only the curve (approach 2).
   */
  public static double cheapest(double parameters, int hiddenSize, CompressionCurve curve) {
    double best = curve.smallest();
    for (double size = curve.smallest(); size <= curve.largest(); size *= 1.001) {
      if (perCharacter(parameters, hiddenSize, size, curve)
          < perCharacter(parameters, hiddenSize, best, curve)) {
        best = size;
      }
    }
    return best;
  }

  static double perCharacter(
      double parameters, int hiddenSize, double size, CompressionCurve curve) {
    return compute(parameters, hiddenSize, size, curve.tokensPerCharacter(size));
  }

  /** Vocabulary parameters of the best training of that compute: {@code .20 C^.42} (approach 1). */
  public static double vocabularyParametersForCompute(double compute) {
    return Math.exp(-1.589031299255507) * Math.pow(compute, 0.4163622634135234);
  }

  /**
   * Vocabulary parameters of the best training of a model whose other parameters are so many: they
   * grow with the power gamma = .83 (approach 2, from 3,145,728 at 33 million).
   */
  public static double vocabularyParametersForModel(double parameters) {
    return 3_145_728 * Math.pow(parameters / 33e6, 0.8353974035228025);
  }

  /** What of a case lies outside of what the published law was fitted on, a clause each. */
  public static List<String> beyond(double parameters, double compute, double vocabularySize) {
    var beyond = new ArrayList<String>();
    outside(
        "%,.1f million parameters",
        parameters / 1e6, LEAST_PARAMETERS / 1e6, MOST_PARAMETERS / 1e6, beyond);
    outside("%.1e operations", compute, LEAST_COMPUTE, MOST_COMPUTE, beyond);
    outside(
        "%,.0f tokens of vocabulary",
        vocabularySize, LEAST_FITTED_VOCABULARY, MOST_FITTED_VOCABULARY, beyond);
    return beyond;
  }

  private static void outside(
      String what, double value, double least, double most, List<String> beyond) {
    if (value < least || value > most) {
      String number = what.substring(0, what.indexOf(' '));
      beyond.add(
          String.format(
              Locale.ROOT,
              what + " are outside of " + number + " to " + number,
              value,
              least,
              most));
    }
  }
}
