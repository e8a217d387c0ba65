package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * The loss by parameters N, tokens D and the share r of the text that it is measured on: {@code L =
 * E + A / N^alpha + B r^eta / D^beta + C / (r + epsilon)^gamma} (D-CPT law, Que et al. 2024, arXiv
 * 2406.01375, equation 6). Epsilon keeps the loss finite where the share is 0. Five of its nine
 * parameters are searched: vary N, D and r alone and together, or some will be undetermined.
 */
public final class DomainRatioLaw {
  public static final SeparableLaw LAW =
      new SeparableLaw(
          "D-CPT",
          List.of("parameters", "tokens", "ratio"),
          List.of(
              Parameter.positive("alpha", 0.05, 1),
              Parameter.positive("beta", 0.05, 1),
              Parameter.positive("eta", 0.05, 2),
              Parameter.positive("gamma", 0.05, 2),
              Parameter.positive("epsilon", 0.01, 1),
              Parameter.solved("A"),
              Parameter.solved("B"),
              Parameter.solved("C"),
              Parameter.solved("E")),
          (p, x) ->
              new double[] {
                Math.pow(x[0], -p[0]),
                Math.pow(x[2], p[2]) * Math.pow(x[1], -p[1]),
                Math.pow(x[2] + p[4], -p[3]),
                1
              });

  private DomainRatioLaw() {}
}
