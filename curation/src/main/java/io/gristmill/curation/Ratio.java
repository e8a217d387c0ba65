package io.gristmill.curation;

/**
 * A ratio of two sums, estimated from a sample of parts, with an interval of 95 %. The records of a
 * part resemble each other, so the interval comes from how much parts differ, not from the number
 * of records: Cochran, Sampling Techniques, 3rd edition, section 6.4.
 */
public record Ratio(double value, double low, double high) {
  private static final double NORMAL_95 = 1.96;

  /**
   * The sum of {@code x} for each unit of {@code y}.
   *
   * @param x of each part
   * @param y of each part, not negative
   * @param fraction of all parts that are in the sample
   */
  static Ratio of(double[] x, double[] y, double fraction) {
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < x.length; i++) {
      sumX += x[i];
      sumY += y[i];
    }
    if (sumY == 0) {
      return new Ratio(0, 0, 0);
    }
    double value = sumX / sumY;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double residual = x[i] - value * y[i];
      squares += residual * residual;
    }
    int parts = x.length;
    double error =
        parts < 2
            ? Double.POSITIVE_INFINITY
            : Math.sqrt((1 - fraction) * squares * parts / (parts - 1)) / sumY;
    return new Ratio(value, Math.max(0, value - NORMAL_95 * error), value + NORMAL_95 * error);
  }

  /** The same ratio in other units. */
  public Ratio times(double factor) {
    return new Ratio(value * factor, low * factor, high * factor);
  }
}
