package io.gristmill.jobs.report.data;

import java.io.Serializable;

/**
 * Bins of equal width over values, or over the logarithms of 1 + values where they reach far.
 *
 * @param min the smallest value
 * @param max the largest
 */
public record Axis(double min, double max) implements Serializable {
  /** How many bins there are. */
  public static final int BINS = 48;

  /** Shares and ratios stay below; counts and lengths go on. */
  private static final double FAR = 20;

  public boolean logarithmic() {
    return max > FAR;
  }

  /** Where a value lies, 0 to 1. */
  public double position(double value) {
    double from = scaled(min);
    double to = scaled(max);
    return to > from ? Math.clamp((scaled(value) - from) / (to - from), 0, 1) : 0.5;
  }

  /** The value at a place between 0 and 1. */
  public double value(double position) {
    double scaled = scaled(min) + position * (scaled(max) - scaled(min));
    return logarithmic() ? StrictMath.expm1(scaled) : scaled;
  }

  int bin(double value) {
    return Math.min(BINS - 1, (int) (position(value) * BINS));
  }

  private double scaled(double value) {
    return logarithmic() ? StrictMath.log1p(Math.max(0, value)) : value;
  }
}
