package io.gristmill.mixing.law.scaling;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * The loss of models trained on more tokens than suits their size: {@code L = alpha N^b + beta
 * 6^(b/2) (M N)^b + E}, N the parameters and M the tokens for each (Gadre et al. 2024, arXiv
 * 2403.08540, section 3). One exponent for both terms keeps the loss a line of the same slope at
 * every M, so a few small cheap runs at two values of M suffice.
 */
public final class OverTraining {
  public static final SeparableLaw LAW =
      new SeparableLaw(
          "over-training",
          List.of("parameters", "tokens per parameter"),
          List.of(
              Parameter.free("b", -1, -0.05),
              Parameter.solved("alpha"),
              Parameter.solved("beta"),
              Parameter.solved("E")),
          (shape, x) -> {
            double b = shape[0];
            return new double[] {
              Math.pow(x[0], b), Math.pow(6, b / 2) * Math.pow(x[0] * x[1], b), 1
            };
          });

  private OverTraining() {}
}
