package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * The loss on general text at one ratio as training goes on: {@code L = a2 T^s2 + a3 T^s3 + b2}, T
 * the tokens (Gu et al. 2024, arXiv 2407.17467, section 4). One term is what is forgotten, the
 * other what is learnt, so that it may rise first and fall later. s2 is sought among the smaller
 * exponents only because the terms could change places otherwise.
 */
public final class GeneralLossLaw {
  public static final SeparableLaw LAW =
      new SeparableLaw(
          "general loss",
          List.of("tokens"),
          List.of(
              Parameter.free("s2", -2, 0.3),
              Parameter.free("s3", 0.3, 2),
              Parameter.solved("a2"),
              Parameter.solved("a3"),
              Parameter.solved("b2")),
          (shape, x) -> new double[] {Math.pow(x[0], shape[0]), Math.pow(x[0], shape[1]), 1});

  private GeneralLossLaw() {}
}
