package io.gristmill.trainer.training;

/**
 * The rounds of local steps. One ends after every so many steps, counted from the first of the run,
 * before the decay of the learning rate, and at the end.
 *
 * @param localSteps of a round
 * @param stableEnd last step before the decay; 0 where there is none
 * @param steps of the run
 */
record Rounds(long localSteps, long stableEnd, long steps) {
  boolean endAfter(long step) {
    return step % localSteps == 0 || step == stableEnd || step == steps;
  }
}
