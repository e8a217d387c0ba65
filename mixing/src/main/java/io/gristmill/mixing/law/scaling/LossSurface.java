package io.gristmill.mixing.law.scaling;

import io.gristmill.mixing.law.fit.Fit;

/**
 * {@code L = E + A / N^alpha + B / D^beta}: the loss of a model of N parameters after D tokens
 * (Hoffmann et al. 2022, arXiv 2203.15556, equation 2), in whichever units the numbers belong to.
 */
public record LossSurface(double e, double a, double alpha, double b, double beta) {
  /** Operations of training for each parameter and token. */
  private static final double OPERATIONS = 6;

  /** A size and the tokens to train it on. */
  public record Allocation(double parameters, double tokens) {
    public double tokensPerParameter() {
      return tokens / parameters;
    }
  }

  /** From a fit of {@link Chinchilla#LAW} or {@link WsdTrunk#LAW}. */
  public static LossSurface of(Fit fit) {
    return new LossSurface(
        fit.value("E"), fit.value("A"), fit.value("alpha"), fit.value("B"), fit.value("beta"));
  }

  public double loss(double parameters, double tokens) {
    return e + a / Math.pow(parameters, alpha) + b / Math.pow(tokens, beta);
  }

  /**
   * What to train for the least loss: {@code N = G (C/6)^(beta/(alpha+beta))}, {@code D = (C/6) /
   * N}, {@code G = (alpha A / (beta B))^(1/(alpha+beta))} (equation 4).
   *
   * @param compute operations, 6 N D in the units of the surface
   */
  public Allocation optimum(double compute) {
    double parameters = balance() * Math.pow(compute / OPERATIONS, sizeExponent());
    return new Allocation(parameters, compute / OPERATIONS / parameters);
  }

  /** G: where a little more size and a little more data help alike. */
  double balance() {
    return Math.pow(alpha * a / (beta * b), 1 / (alpha + beta));
  }

  /** The power of the compute with which the best size grows. */
  public double sizeExponent() {
    return beta / (alpha + beta);
  }
}
