package io.gristmill.mixing.ablation;

import java.util.List;

/**
 * How much of the domain a tolerance allows.
 *
 * @param tolerance by how much the general loss may end above where it began, nats per token
 * @param answers at each measured number of tokens, rising
 * @param overTokens R* = a4 T^s4 + b3 of the answers that are a number
 */
public record ToleratedRatio(double tolerance, List<RatioAnswer> answers, LawOutcome overTokens) {
  public ToleratedRatio {
    answers = List.copyOf(answers);
  }

  /** At the end of the training. */
  public RatioAnswer last() {
    return answers.getLast();
  }
}
