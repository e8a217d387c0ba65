package io.gristmill.curation.dedup;

/** How many tasks a shuffle has, so that each holds a fixed amount however large the corpus is. */
final class Tasks {
  /** More in one shuffle would be too many for the driver. */
  static final int MOST = 1 << 14;

  private Tasks() {}

  /** Tasks that take so many items each, about; never none. */
  static int of(long items, int itemsOfATask) {
    return Math.clamp(Math.ceilDiv(items, itemsOfATask), 1, MOST);
  }
}
