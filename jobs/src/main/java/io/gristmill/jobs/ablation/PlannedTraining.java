package io.gristmill.jobs.ablation;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.trainer.training.TrainingRun;

/**
 * A training of an ablation, ready to run.
 *
 * @param label for people
 * @param identity of all that determines its measures; a folder of that name holds them
 * @param run whose output is that folder, and whose mixture is a file in it
 * @param mixture to be written there
 * @param steps of the run
 */
record PlannedTraining(
    String label, String identity, TrainingRun run, Mixture mixture, long steps) {
  /** Tokens of one step. */
  long tokensPerStep() {
    return (long) run.trainer().globalBatch() * mixture.sequenceLength();
  }

  /** Tokens that it trains on, those before a branch not counted. */
  long tokens() {
    return (steps - run.initial().step()) * tokensPerStep();
  }
}
