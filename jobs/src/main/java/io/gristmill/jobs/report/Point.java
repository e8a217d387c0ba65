package io.gristmill.jobs.report;

/** A value of a curve. */
record Point(double x, double y) {
  boolean drawable() {
    return Scale.drawable(x) && Scale.drawable(y);
  }
}
