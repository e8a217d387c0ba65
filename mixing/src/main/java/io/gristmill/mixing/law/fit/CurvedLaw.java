package io.gristmill.mixing.law.fit;

import java.util.List;

/** A law all of whose parameters are searched. */
public record CurvedLaw(
    String name, List<String> inputs, List<Parameter> parameters, Misfit misfit, Formula formula)
    implements Law {
  /** The loss as a function of parameters and inputs. */
  @FunctionalInterface
  public interface Formula {
    double loss(double[] parameters, double[] inputs);
  }

  public CurvedLaw {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    if (parameters.stream().anyMatch(parameter -> parameter.scale() == Scale.SOLVED)) {
      throw new IllegalArgumentException(name + ": a curved law has no solved parameters");
    }
  }

  @Override
  public double loss(double[] values, double[] at) {
    return formula.loss(values, at);
  }
}
