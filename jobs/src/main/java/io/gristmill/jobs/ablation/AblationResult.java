package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.AblationDesign;
import java.util.List;

/** The answer of an ablation. */
public sealed interface AblationResult permits RatioAblation, MixtureAblation {
  /** Of the run. */
  String name();

  /** Which trainings were compared. */
  AblationDesign design();

  /** During each training. */
  int measurements();

  /** By falling number of parameters. */
  List<? extends SizeResult> sizes();

  /** Cores times seconds of all trainings. */
  default double coreSeconds() {
    return sizes().stream().mapToDouble(SizeResult::coreSeconds).sum();
  }

  /** How many trainings there were, trunks included. */
  default int trainings() {
    return sizes().stream().mapToInt(size -> size.trainings().size()).sum();
  }

  /** Tokens of all trainings. */
  default long trainedTokens() {
    return sizes().stream().mapToLong(SizeResult::trainedTokens).sum();
  }
}
