package io.gristmill.jobs.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis whose ends and ticks are round numbers (1, 2 or 5 times a power of ten).
 *
 * @param first the index of the lowest tick: the axis begins at {@code first * step}
 * @param last the index of the highest tick, above {@code first}
 * @param step the distance of two ticks, positive
 */
record Scale(long first, long last, double step) {
  Scale {
    if (first >= last || !(step > 0)) {
      throw new IllegalArgumentException(
          "an axis from tick %d to %d by %s is empty".formatted(first, last, step));
    }
  }

  /**
   * The axis around these values with about as many ticks as asked for; what is not {@link
   * #drawable} is left out, no value at all gives 0 to 1.
   */
  static Scale around(List<Double> values, int ticks) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (drawable(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return min <= max ? between(min, max, ticks) : new Scale(0, 1, 1);
  }

  /** The axis that holds min and max, both finite. */
  static Scale between(double min, double max, int ticks) {
    double span = max - min;
    double size = Math.max(Math.abs(min), Math.abs(max));
    boolean flat = span <= 1e-6 * size; // too little for ticks to tell apart
    double wide = flat ? Math.max(0.1 * size, 1e-12) : span;
    double step = round(wide / ticks);
    long first = (long) Math.floor(min / step + 1e-9);
    long last = (long) Math.ceil(max / step - 1e-9);
    return new Scale(first, Math.max(last, first + 1), step);
  }

  /** Whether a value can stand on an axis: finite, and far enough from the largest double. */
  static boolean drawable(double value) {
    return Math.abs(value) < 1e100; // false for NaN
  }

  double min() {
    return at(first);
  }

  double max() {
    return at(last);
  }

  /** Where a value lies: 0 at the lower end, 1 at the upper. */
  double position(double value) {
    return (value - min()) / (max() - min());
  }

  /** The round values, rising. */
  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    for (long index = first; index <= last; index++) {
      ticks.add(at(index));
    }
    return ticks;
  }

  /**
   * Dividing by the inverse of a small step gives 0.3, where multiplying gives 0.30000000000000004.
   */
  private double at(long index) {
    return step < 1 ? index / (double) Math.round(1 / step) : index * step;
  }

  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    double rounded = digit <= 1.0001 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10;
    return rounded * power;
  }
}
