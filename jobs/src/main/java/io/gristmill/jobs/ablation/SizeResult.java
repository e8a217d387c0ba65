package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.Findings;
import java.util.List;

/** What came of one size of model. */
public sealed interface SizeResult permits RatioSize, MixtureSize {
  /** Of the size. */
  String name();

  /** All of them, embeddings included. */
  long parameters();

  /** What its trainings began with, in words. */
  String start();

  /** From its measures. */
  Findings findings();

  /** All, the trunk first. */
  List<Finished> trainings();

  /**
   * A training that is over.
   *
   * @param checkpoint folder of its last model
   * @param coreSeconds cores times the seconds of its steps and measurements
   */
  record Finished(
      String label, long tokens, double coreSeconds, String checkpoint, String modelSha256) {}

  /** Cores times seconds. */
  default double coreSeconds() {
    return trainings().stream().mapToDouble(Finished::coreSeconds).sum();
  }

  /** Tokens trained on. */
  default long trainedTokens() {
    return trainings().stream().mapToLong(Finished::tokens).sum();
  }
}
