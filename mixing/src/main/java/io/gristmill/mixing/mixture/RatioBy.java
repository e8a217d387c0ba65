package io.gristmill.mixing.mixture;

/** What gives the ratio of the lines of a list. */
public enum RatioBy {
  /** Their weights as they say, or their sizes where there is a temperature. */
  WEIGHT,
  /**
   * How hard their tokens are to predict from the one before: BiMix's start, which needs no
   * training (Ge et al. 2024, arXiv 2405.14908, section 5).
   */
  ENTROPY
}
