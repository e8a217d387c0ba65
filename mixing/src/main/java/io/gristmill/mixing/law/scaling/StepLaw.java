package io.gristmill.mixing.law.scaling;

import io.gristmill.mixing.law.fit.ExtrapolationException;
import io.gristmill.mixing.law.fit.Range;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The best peak learning rate and batch: {@code rate = exp(r) N^a D^b}, {@code batch = exp(s) D^c}
 * tokens (Li et al. 2025, arXiv 2503.04715). N are the parameters without the vocabulary, D the
 * tokens. It holds for AdamW, a cosine down to a fixed rate and the usual initialisation; not with
 * muP, nor beside the power schedule, whose rate falls with D.
 *
 * @param rateIntercept natural logarithm, as {@code batchIntercept}
 */
public record StepLaw(
    double rateIntercept,
    double ratePowerOfParameters,
    double ratePowerOfTokens,
    double batchIntercept,
    double batchPowerOfTokens,
    Range parameters,
    Range tokens) {
  /** Of the dense trainings that were released with the paper. */
  private static final Range PARAMETERS = new Range(214_663_680, 1_073_741_824);

  private static final Range TOKENS = new Range(4e9, 1e11);

  /** The coefficients of the paper, {@code 1.79 N^-.713 D^.307} and {@code .58 D^.571}. */
  public static StepLaw published() {
    return of(Math.log(1.79), -0.713, 0.307, Math.log(0.58), 0.571);
  }

  /** A law of the published range. */
  public static StepLaw of(
      double rateIntercept,
      double ratePowerOfParameters,
      double ratePowerOfTokens,
      double batchIntercept,
      double batchPowerOfTokens) {
    return new StepLaw(
        rateIntercept,
        ratePowerOfParameters,
        ratePowerOfTokens,
        batchIntercept,
        batchPowerOfTokens,
        PARAMETERS,
        TOKENS);
  }

  /**
   * The law whose coefficients are the means of others', as of bootstrap fits. The intercepts are
   * averaged as logarithms: the mean of their exponentials would be larger by a fifth.
   */
  public static StepLaw mean(List<StepLaw> laws) {
    return of(
        mean(laws, StepLaw::rateIntercept),
        mean(laws, StepLaw::ratePowerOfParameters),
        mean(laws, StepLaw::ratePowerOfTokens),
        mean(laws, StepLaw::batchIntercept),
        mean(laws, StepLaw::batchPowerOfTokens));
  }

  private static double mean(List<StepLaw> laws, ToDoubleFunction<StepLaw> coefficient) {
    return laws.stream().mapToDouble(coefficient).average().orElseThrow();
  }

  /** The same law, which may also be asked about this size and these tokens. */
  public StepLaw reaching(double otherParameters, double otherTokens) {
    return new StepLaw(
        rateIntercept,
        ratePowerOfParameters,
        ratePowerOfTokens,
        batchIntercept,
        batchPowerOfTokens,
        parameters.including(otherParameters),
        tokens.including(otherTokens));
  }

  /** The peak learning rate. */
  public double learningRate(double ofParameters, double ofTokens) {
    ExtrapolationException.unlessWithin(parameters, "step law", "parameters", ofParameters);
    ExtrapolationException.unlessWithin(tokens, "step law", "tokens", ofTokens);
    return Math.exp(rateIntercept)
        * Math.pow(ofParameters, ratePowerOfParameters)
        * Math.pow(ofTokens, ratePowerOfTokens);
  }

  /** The tokens of a batch. */
  public double batchTokens(double ofTokens) {
    ExtrapolationException.unlessWithin(tokens, "step law", "tokens", ofTokens);
    return Math.exp(batchIntercept) * Math.pow(ofTokens, batchPowerOfTokens);
  }
}
