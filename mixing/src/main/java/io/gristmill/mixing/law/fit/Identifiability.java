package io.gristmill.mixing.law.fit;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * What the observations say about each parameter, from the singular values of the Jacobian at the
 * fit, its columns scaled by the range in which each parameter was sought (for a solved factor, by
 * what would make its term as large as the losses).
 *
 * @param condition the largest over the least singular value; where it is large, some change of the
 *     parameters together leaves the losses almost as they are
 * @param standardErrors of the parameters, infinite where nothing is known
 * @param undetermined parameters whose 95 % interval is wider than the range in which they were
 *     sought: their values mean nothing, alone
 */
public record Identifiability(
    double condition, List<Double> standardErrors, List<String> undetermined) {
  /** Singular values below this part of the largest are rounding. */
  private static final double RANK = 1e-9;

  /** Part of a direction below which a parameter does not take part in it. */
  private static final double PART = 1e-3;

  static Identifiability of(Fit fit) {
    List<Parameter> parameters = fit.law().parameters();
    double[] point = fit.values();
    double[][] jacobian = Descent.jacobian(point, fit::residuals);
    double[] widths = new double[point.length];
    for (int j = 0; j < widths.length; j++) {
      widths[j] =
          parameters.get(j).scale() == Scale.SOLVED
              ? magnitude(fit) / magnitude(jacobian, j)
              : parameters.get(j).plausible(point[j]);
      for (double[] row : jacobian) {
        row[j] *= Double.isFinite(widths[j]) ? widths[j] : 1;
      }
    }
    var decomposition = new SingularValueDecomposition(new Array2DRowRealMatrix(jacobian, false));
    double[] singular = decomposition.getSingularValues();
    int freedom = fit.observations().size() - point.length;
    double noise = Math.sqrt(2 * fit.cost() / freedom);
    // Few observations do not tell their own noise well, so Student's t, not the normal quantile.
    double quantile = new TDistribution(freedom).inverseCumulativeProbability(0.975);
    var errors = new ArrayList<Double>();
    var undetermined = new ArrayList<String>();
    for (int j = 0; j < point.length; j++) {
      // A term too small for a number says nothing about its factor.
      double variance = Double.isFinite(widths[j]) ? 0 : Double.POSITIVE_INFINITY;
      for (int k = 0; k < singular.length; k++) {
        double part = decomposition.getV().getEntry(j, k);
        if (singular[k] > RANK * singular[0]) {
          variance += Math.pow(noise * part / singular[k], 2);
        } else if (Math.abs(part) > PART) {
          variance = Double.POSITIVE_INFINITY;
        }
      }
      errors.add(
          Double.isInfinite(variance) ? Double.POSITIVE_INFINITY : Math.sqrt(variance) * widths[j]);
      if (2 * quantile * Math.sqrt(variance) > 1) {
        undetermined.add(parameters.get(j).name());
      }
    }
    return new Identifiability(
        singular[0] / singular[singular.length - 1],
        List.copyOf(errors),
        List.copyOf(undetermined));
  }

  /** The root mean square of the losses. */
  private static double magnitude(Fit fit) {
    return Math.sqrt(
        fit.observations().stream()
            .mapToDouble(own -> own.value() * own.value())
            .average()
            .orElseThrow());
  }

  private static double magnitude(double[][] rows, int column) {
    double sum = 0;
    for (double[] row : rows) {
      sum += row[column] * row[column];
    }
    return Math.sqrt(sum / rows.length);
  }
}
