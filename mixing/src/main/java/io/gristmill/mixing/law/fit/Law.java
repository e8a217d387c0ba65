package io.gristmill.mixing.law.fit;

import java.util.List;

/** A formula for the loss whose parameters are to be fitted. */
public sealed interface Law permits CurvedLaw, SeparableLaw {
  String name();

  /** What the formula depends on, in the order of {@link Observation#inputs}. */
  List<String> inputs();

  List<Parameter> parameters();

  Misfit misfit();

  /** The loss at the inputs. */
  double loss(double[] parameters, double[] inputs);

  /**
   * The law with the parameters that suit the observations best.
   *
   * @throws IllegalArgumentException if they are too few
   */
  default Fit fit(List<Observation> observations) {
    return LeastSquares.fit(this, observations);
  }
}
