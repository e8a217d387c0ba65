package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.ratio.TurningPoint;

/**
 * How the losses of a ratio go over the tokens (Gu et al. 2024, arXiv 2407.17467, section 4).
 *
 * @param general a2 T^s2 + a3 T^s3 + b2
 * @param domain a1 T^s1 + b1
 * @param point where training begins to pay, if both laws are fitted; else why it is not known
 */
public record Turn(double ratio, LawOutcome general, LawOutcome domain, Point point) {
  /** Whether the turning point is known. */
  public sealed interface Point {
    record Known(TurningPoint point) implements Point {}

    record Unknown(String why) implements Point {}
  }
}
