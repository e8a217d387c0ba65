package io.gristmill.mixing.law.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * Finds the parameters of a law: looks at many points of a Sobol sequence over the ranges of the
 * parameters, descends from the best of them, and stops when several descents end equally low.
 * Without chance, so the same observations give the same fit.
 */
final class LeastSquares {
  private static final int LOOKED_AT = 512;
  private static final int MOST_DESCENTS = 16;

  /** Descents that must end equally low before the search ends early. */
  private static final int AGREEING = 4;

  /** Costs closer than this, relatively, are equally low. */
  private static final double AGREEMENT = 1e-6;

  /** Residuals of this size, of losses about 1, are none: they come from rounding. */
  private static final double ROUNDING = 1e-8;

  private final Law law;
  private final List<Parameter> searched;
  private final double[][] inputs;
  private final double[] values;

  private LeastSquares(Law law, List<Observation> observations) {
    this.law = law;
    this.searched = law.parameters().stream().filter(own -> own.scale() != Scale.SOLVED).toList();
    this.inputs = observations.stream().map(Observation::inputs).toArray(double[][]::new);
    this.values = observations.stream().mapToDouble(Observation::value).toArray();
  }

  static Fit fit(Law law, List<Observation> observations) {
    require(law, observations);
    var search = new LeastSquares(law, observations);
    var descents = new ArrayList<Descent>();
    for (double[] start : search.starts()) {
      descents.add(Descent.from(start, search::residuals));
      if (search.agreeing(descents) >= AGREEING) {
        break;
      }
    }
    return search.fit(best(descents), observations, descents.size(), search.agreeing(descents));
  }

  /** Fits similar observations, from where another fit ended. */
  static Fit refit(Fit near, List<Observation> observations) {
    var search = new LeastSquares(near.law(), observations);
    double[] start = search.coordinates(near.values());
    return search.fit(Descent.from(start, search::residuals), observations, 1, 1);
  }

  private static void require(Law law, List<Observation> observations) {
    for (Observation observation : observations) {
      if (observation.inputs().length != law.inputs().size()) {
        throw new IllegalArgumentException(
            "%s: an observation has %d inputs, must have %d: %s"
                .formatted(
                    law.name(), observation.inputs().length, law.inputs().size(), law.inputs()));
      }
      if (law.misfit().logarithmic() && observation.value() <= 0) {
        throw new IllegalArgumentException(
            "%s: the loss %s has no logarithm; losses must be above 0"
                .formatted(law.name(), observation.value()));
      }
    }
    int parameters = law.parameters().size();
    long points =
        observations.stream().map(own -> Arrays.toString(own.inputs())).distinct().count();
    if (points <= parameters) {
      throw new IllegalArgumentException(
          "%s has %d parameters, so %d different points are too few; %d are the least that can be fitted, about %d give intervals that mean something"
              .formatted(law.name(), parameters, points, parameters + 1, 3 * parameters));
    }
  }

  private static Descent best(List<Descent> descents) {
    return descents.stream().min(Comparator.comparingDouble(Descent::cost)).orElseThrow();
  }

  private int agreeing(List<Descent> descents) {
    double enough = best(descents).cost() * (1 + AGREEMENT) + values.length * ROUNDING * ROUNDING;
    return (int) descents.stream().filter(descent -> descent.cost() <= enough).count();
  }

  /** The most promising starts, best first. */
  private List<double[]> starts() {
    var sequence = new SobolSequenceGenerator(searched.size());
    sequence.skipTo(1); // the first point is a corner
    record Start(double[] point, double cost) {}
    var starts = new ArrayList<Start>();
    for (int n = 0; n < LOOKED_AT; n++) {
      double[] point = sequence.nextVector();
      for (int j = 0; j < point.length; j++) {
        point[j] = searched.get(j).start(point[j]);
      }
      starts.add(new Start(point, Descent.cost(residuals(point))));
    }
    return starts.stream()
        .sorted(Comparator.comparingDouble(Start::cost))
        .limit(MOST_DESCENTS)
        .map(Start::point)
        .toList();
  }

  private double[] coordinates(double[] parameters) {
    double[] point = new double[searched.size()];
    for (int j = 0; j < point.length; j++) {
      point[j] = searched.get(j).coordinate(parameters[j]);
    }
    return point;
  }

  private double[] residuals(double[] point) {
    double[] parameters = parameters(point);
    double[] residuals = new double[values.length];
    for (int i = 0; i < residuals.length; i++) {
      double loss = law.loss(parameters, inputs[i]);
      residuals[i] = law.misfit().root(law.misfit().residual(loss, values[i]));
    }
    return residuals;
  }

  /** All parameters, the solved ones too, at a point of the search. */
  private double[] parameters(double[] point) {
    double[] parameters = new double[law.parameters().size()];
    for (int j = 0; j < point.length; j++) {
      parameters[j] = searched.get(j).value(point[j]);
    }
    if (law instanceof SeparableLaw separable) {
      double[] factors = factors(separable, parameters);
      System.arraycopy(factors, 0, parameters, point.length, factors.length);
    }
    return parameters;
  }

  /** Linear least squares; no numbers where the terms cannot be told apart. */
  private double[] factors(SeparableLaw separable, double[] shape) {
    double[][] terms = new double[values.length][];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = separable.terms().at(shape, inputs[i]);
    }
    int count = terms[0].length;
    double[] norms = new double[count]; // columns of equal length, lest small ones seem singular
    for (double[] row : terms) {
      for (int k = 0; k < count; k++) {
        norms[k] = Math.hypot(norms[k], row[k]);
      }
    }
    for (double[] row : terms) {
      for (int k = 0; k < count; k++) {
        row[k] /= norms[k];
      }
    }
    try {
      double[] factors =
          new QRDecomposition(new Array2DRowRealMatrix(terms, false), 1e-13)
              .getSolver()
              .solve(new ArrayRealVector(values, false))
              .toArray();
      for (int k = 0; k < count; k++) {
        factors[k] /= norms[k];
      }
      return factors;
    } catch (MathRuntimeException singular) {
      double[] none = new double[count];
      Arrays.fill(none, Double.NaN);
      return none;
    }
  }

  private Fit fit(Descent descent, List<Observation> observations, int descents, int agreeing) {
    return new Fit(
        law,
        parameters(descent.point()),
        List.copyOf(observations),
        Fit.ranges(law, observations),
        descent.cost(),
        descent.iterations(),
        descents,
        agreeing);
  }
}
