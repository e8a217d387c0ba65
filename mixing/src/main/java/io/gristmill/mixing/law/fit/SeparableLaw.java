package io.gristmill.mixing.law.fit;

import java.util.List;

/**
 * A law that is a sum of terms with factors to be solved: {@code L = sum_k c_k f_k(shape, inputs)}.
 * Only the shape is searched; the factors follow at every step by linear least squares (variable
 * projection, Golub and Pereyra 1973), which leaves fewer dimensions and far fewer false optima.
 * The parameters are those of the shape, then the factors in the order of the terms.
 */
public record SeparableLaw(
    String name, List<String> inputs, List<Parameter> parameters, Terms terms) implements Law {
  /** The terms, before their factors, as functions of shape and inputs. */
  @FunctionalInterface
  public interface Terms {
    double[] at(double[] shape, double[] inputs);
  }

  public SeparableLaw {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    int shape = shape(parameters);
    if (parameters.stream().skip(shape).anyMatch(other -> other.scale() != Scale.SOLVED)) {
      throw new IllegalArgumentException(name + ": solved parameters come last");
    }
  }

  /** Squares of the losses themselves: only with them are the factors linear. */
  @Override
  public Misfit misfit() {
    return Misfit.squares();
  }

  @Override
  public double loss(double[] values, double[] at) {
    double[] term = terms.at(values, at);
    double loss = 0;
    for (int k = 0; k < term.length; k++) {
      loss += values[shape() + k] * term[k];
    }
    return loss;
  }

  /** How many parameters are searched. */
  int shape() {
    return shape(parameters);
  }

  private static int shape(List<Parameter> parameters) {
    return (int) parameters.stream().takeWhile(own -> own.scale() != Scale.SOLVED).count();
  }
}
