package io.gristmill.mixing.law.fit;

/**
 * What a fit makes small: half the squares of the residuals, or the Huber loss, which beyond {@code
 * delta} grows with the residual and no longer with its square, so that outliers pull less (Huber
 * 1964). Always summed: a mean lets a search end early.
 *
 * @param logarithmic whether a residual is the difference of the logarithms of the losses
 * @param delta where the Huber loss turns straight, infinite for plain squares
 */
public record Misfit(boolean logarithmic, double delta) {
  public static Misfit squares() {
    return new Misfit(false, Double.POSITIVE_INFINITY);
  }

  public static Misfit huber(double delta) {
    return new Misfit(false, delta);
  }

  public static Misfit huberOfLogarithms(double delta) {
    return new Misfit(true, delta);
  }

  /** Predicted less observed. */
  double residual(double predicted, double observed) {
    return logarithmic ? Math.log(predicted) - Math.log(observed) : predicted - observed;
  }

  /** What would have been observed, had the residual been this. */
  double observed(double predicted, double residual) {
    return logarithmic ? predicted * Math.exp(-residual) : predicted - residual;
  }

  /**
   * The number with the residual's sign half of whose square is the loss, so that an optimiser of
   * squares minimises the Huber loss itself. Its derivative is continuous at delta.
   */
  double root(double residual) {
    double size = Math.abs(residual);
    return size <= delta
        ? residual
        : Math.copySign(Math.sqrt(delta * (2 * size - delta)), residual);
  }
}
