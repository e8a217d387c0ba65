package io.gristmill.mixing.law.scaling;

import io.gristmill.mixing.law.fit.CurvedLaw;
import io.gristmill.mixing.law.fit.Misfit;
import io.gristmill.mixing.law.fit.Parameter;
import java.util.List;

/**
 * The loss by parameters N and tokens D, {@code L = E + A / N^alpha + B / D^beta}, fitted by the
 * summed Huber loss of the logarithms with delta .001 (Hoffmann et al. 2022, arXiv 2203.15556,
 * approach 3; Besiroglu et al. 2024, arXiv 2404.10102, on why the sum, many starts and unrounded
 * exponents).
 */
public final class Chinchilla {
  public static final CurvedLaw LAW =
      new CurvedLaw(
          "Chinchilla",
          List.of("parameters", "tokens"),
          List.of(
              Parameter.positive("E", 0.3, 3),
              Parameter.positive("A", 1, 1e5),
              Parameter.positive("alpha", 0.1, 1),
              Parameter.positive("B", 1, 1e5),
              Parameter.positive("beta", 0.1, 1)),
          Misfit.huberOfLogarithms(1e-3),
          (p, x) -> p[0] + p[1] * Math.pow(x[0], -p[2]) + p[3] * Math.pow(x[1], -p[4]));

  private Chinchilla() {}
}
