package io.gristmill.mixing.law.fit;

/** Where a number lies with a probability of {@code level}. */
public record Interval(double low, double high, double level) {
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  public double width() {
    return high - low;
  }
}
