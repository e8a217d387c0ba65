package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * The loss on a domain by its own share r and the steps s: {@code L = r^-alpha (B s^-beta + C)}
 * (BiMix, Ge et al. 2024, arXiv 2405.14908, equation 5). The paper has a factor A in front, which
 * no data can tell from B and C. Each domain has its own law; the shares of the others do not
 * enter.
 */
public final class BivariateLaw {
  public static final SeparableLaw LAW =
      new SeparableLaw(
          "BiMix",
          List.of("share", "steps"),
          List.of(
              Parameter.free("alpha", -0.5, 1),
              Parameter.positive("beta", 0.05, 2),
              Parameter.solved("B"),
              Parameter.solved("C")),
          (shape, x) -> {
            double ofShare = Math.pow(x[0], -shape[0]);
            return new double[] {ofShare * Math.pow(x[1], -shape[1]), ofShare};
          });

  private BivariateLaw() {}
}
