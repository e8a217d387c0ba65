package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * The loss on the domain at one ratio as training goes on: {@code L = a1 T^s1 + b1}, T the tokens
 * (Gu et al. 2024, arXiv 2407.17467, section 4).
 */
public final class DomainLossLaw {
  public static final SeparableLaw LAW =
      new SeparableLaw(
          "domain loss",
          List.of("tokens"),
          List.of(Parameter.free("s1", -2, 1), Parameter.solved("a1"), Parameter.solved("b1")),
          (shape, x) -> new double[] {Math.pow(x[0], shape[0]), 1});

  private DomainLossLaw() {}
}
