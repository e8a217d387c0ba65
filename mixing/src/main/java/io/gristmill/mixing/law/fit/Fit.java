package io.gristmill.mixing.law.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A law with the parameters that suit the observations best.
 *
 * @param values of the parameters, in the order of the law's
 * @param ranges of the inputs, in the order of the law's, where it may be asked
 * @param cost what was made least: the sum of the law's misfits
 * @param iterations of the descent that ended lowest
 * @param descents from how many starts
 * @param agreeing how many of them ended equally low: one of many is a bad sign
 */
public record Fit(
    Law law,
    double[] values,
    List<Observation> observations,
    List<Range> ranges,
    double cost,
    int iterations,
    int descents,
    int agreeing) {

  static List<Range> ranges(Law law, List<Observation> observations) {
    var ranges = new ArrayList<Range>();
    for (int j = 0; j < law.inputs().size(); j++) {
      int input = j;
      var seen = observations.stream().mapToDouble(own -> own.inputs()[input]).summaryStatistics();
      ranges.add(new Range(seen.getMin(), seen.getMax()));
    }
    return List.copyOf(ranges);
  }

  /** The parameter of that name. */
  public double value(String name) {
    for (int j = 0; j < values.length; j++) {
      if (law.parameters().get(j).name().equals(name)) {
        return values[j];
      }
    }
    throw new IllegalArgumentException(
        "%s has no parameter %s, only %s"
            .formatted(law.name(), name, law.parameters().stream().map(Parameter::name).toList()));
  }

  /**
   * The loss.
   *
   * @throws ExtrapolationException if an input is out of range
   */
  public double predict(double... inputs) {
    for (int j = 0; j < inputs.length; j++) {
      ExtrapolationException.unlessWithin(
          ranges.get(j), law.name(), law.inputs().get(j), inputs[j]);
    }
    return law.loss(values, inputs);
  }

  /** The same fit, which may be asked as far as this value of that input. */
  public Fit reaching(String input, double value) {
    int index = law.inputs().indexOf(input);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no input %s, only %s".formatted(law.name(), input, law.inputs()));
    }
    var wider = new ArrayList<>(ranges);
    wider.set(index, ranges.get(index).including(value));
    return new Fit(
        law, values, observations, List.copyOf(wider), cost, iterations, descents, agreeing);
  }

  /** The range of the input of that name. */
  public Range range(String input) {
    return ranges.get(law.inputs().indexOf(input));
  }

  /** Predicted less observed, of the losses or of their logarithms as the law's misfit says. */
  public double[] residuals() {
    return residuals(values);
  }

  /** The same, were the parameters others. */
  double[] residuals(double[] parameters) {
    return observations.stream()
        .mapToDouble(own -> law.misfit().residual(law.loss(parameters, own.inputs()), own.value()))
        .toArray();
  }

  /** The share of the variance of the losses that the law explains. */
  public double rSquared() {
    return rSquared(inputs -> law.loss(values, inputs), observations);
  }

  /** The same of any predictor of the observations. */
  public static double rSquared(
      ToDoubleFunction<double[]> predictor, List<Observation> observations) {
    double mean = observations.stream().mapToDouble(Observation::value).average().orElseThrow();
    double unexplained = 0;
    double all = 0;
    for (Observation own : observations) {
      unexplained += square(predictor.applyAsDouble(own.inputs()) - own.value());
      all += square(own.value() - mean);
    }
    return 1 - unexplained / all;
  }

  private static double square(double x) {
    return x * x;
  }

  /** The mean distance of the predicted from observed losses, of these or of others. */
  public double meanAbsoluteError(List<Observation> others) {
    return others.stream()
        .mapToDouble(own -> Math.abs(law.loss(values, own.inputs()) - own.value()))
        .average()
        .orElseThrow();
  }

  /** How far the observations determine the parameters. */
  public Identifiability identifiability() {
    return Identifiability.of(this);
  }

  /** Fits to resampled observations, from which intervals come. */
  public Bootstrap bootstrap(int resamples, long seed) {
    return Bootstrap.of(this, resamples, seed);
  }
}
