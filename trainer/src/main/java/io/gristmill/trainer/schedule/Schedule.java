package io.gristmill.trainer.schedule;

/** A learning rate for every update. */
public sealed interface Schedule permits Constant, Cosine, Power, Wsd {
  /**
   * The learning rate of an update.
   *
   * @param step number of the update, from 1; the first of W warm-up steps has 1/W of the peak
   */
  double rate(long step);
}
