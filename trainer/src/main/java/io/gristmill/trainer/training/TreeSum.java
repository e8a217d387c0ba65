package io.gristmill.trainer.training;

/** Sums of doubles in an order that depends on nothing but their number. */
final class TreeSum {
  private TreeSum() {}

  /** Halves summed apart and then added, down to single values. */
  static double of(double[] values) {
    return of(values, 0, values.length);
  }

  static double of(double[] values, int from, int to) {
    if (to - from <= 1) {
      return from < to ? values[from] : 0;
    }
    int middle = (from + to) >>> 1;
    return of(values, from, middle) + of(values, middle, to);
  }
}
