package io.gristmill.mixing.mixture;

/** What to do when a component would be repeated more often than the epochs allowed. */
public enum WhenCapped {
  /** Train on fewer tokens in all, so that the ratio stays exact. */
  SHRINK,
  /** Stop with a message that says what would fit. */
  STOP
}
