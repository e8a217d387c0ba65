package io.gristmill.mixing.law.fit;

/** The values of an input that a fit has seen, both ends included. */
public record Range(double low, double high) {
  /** Measured values are rounded; this far beyond the ends still counts as within. */
  private static final double SLACK = 1e-9;

  public boolean contains(double value) {
    double slack = SLACK * Math.max(Math.abs(low), Math.abs(high));
    return value >= low - slack && value <= high + slack;
  }

  /** The range and this value. */
  public Range including(double value) {
    return new Range(Math.min(low, value), Math.max(high, value));
  }
}
