package io.gristmill.mixing.law.scaling;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * The loss by size and tokens from few runs: one long run at a constant learning rate for each
 * size, the trunk, and short decays that branch off it where losses are wanted (Hu et al. 2024,
 * arXiv 2404.06395, section 4.5). {@code L = E + A / N^alpha + B / D^beta}, N and D in billions, L
 * in nats per byte, by least squares. A {@link LossSurface#of surface} of it has its optimum for
 * compute in units of 1e18 operations.
 */
public final class WsdTrunk {
  public static final SeparableLaw LAW =
      new SeparableLaw(
          "WSD trunk",
          List.of("parameters", "tokens"),
          List.of(
              Parameter.positive("alpha", 0.05, 1),
              Parameter.positive("beta", 0.05, 1),
              Parameter.solved("A"),
              Parameter.solved("B"),
              Parameter.solved("E")),
          (shape, x) -> new double[] {Math.pow(x[0], -shape[0]), Math.pow(x[1], -shape[1]), 1});

  private WsdTrunk() {}

  /** The average over the paper's sets (table 9): 192 tokens a parameter are best at 1e21. */
  public static LossSurface published() {
    return new LossSurface(0.31, 7.15e-2, 0.29, 3.00e-1, 0.23);
  }

  /**
   * The tokens that a size costs: those of the longest branch, and the decays of the others.
   *
   * @param branches tokens at the end of each branch
   * @param decay the share of a branch that is its decay; .1 suffices
   */
  public static double tokens(List<Double> branches, double decay) {
    double longest = branches.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double all = branches.stream().mapToDouble(Double::doubleValue).sum();
    return longest + decay * (all - longest);
  }
}
