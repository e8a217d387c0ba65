package io.gristmill.mixing.law.fit;

/** How a parameter is searched. */
public enum Scale {
  /** As it is; it may have either sign. */
  LINEAR,
  /** By its logarithm; it stays above 0. */
  LOGARITHMIC,
  /** Not at all: the law is linear in it, so it follows from the others by linear least squares. */
  SOLVED
}
