package io.gristmill.mixing.law.fit;

import java.util.function.UnaryOperator;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.ValueAndJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * Where the search from one start ended.
 *
 * @param cost half the sum of the squared residuals
 * @param iterations Jacobians taken
 */
record Descent(double[] point, double cost, int iterations) {
  private static final int MOST_ITERATIONS = 1000;

  /** About the cube root of the precision: the best step of a central difference. */
  private static final double STEP = 6e-6;

  /** Stands for a residual that is no number, so that the step there is not taken. */
  private static final double HOPELESS = 1e8;

  /** Follows the residuals down by the method of Levenberg and Marquardt. */
  static Descent from(double[] start, UnaryOperator<double[]> residuals) {
    double[] first = residuals.apply(start);
    var slope = new Slope(residuals, start, Descent.cost(first));
    var optimizer =
        new LevenbergMarquardtOptimizer()
            .withCostRelativeTolerance(1e-14)
            .withParameterRelativeTolerance(1e-12);
    var problem =
        new LeastSquaresBuilder()
            .model(slope)
            .target(new double[first.length])
            .start(start)
            .lazyEvaluation(true)
            .maxEvaluations(10 * MOST_ITERATIONS)
            .maxIterations(MOST_ITERATIONS)
            .build();
    try {
      optimizer.optimize(problem);
    } catch (MathRuntimeException flat) {
      // It complains when no step can lower the cost by more than rounding, which is the aim here.
    }
    return new Descent(slope.best, slope.least, slope.jacobians);
  }

  static double cost(double[] residuals) {
    double sum = 0;
    for (double residual : residuals) {
      double finite = Double.isFinite(residual) ? residual : HOPELESS;
      sum += finite * finite;
    }
    return sum / 2;
  }

  /** The derivatives of the residuals by each coordinate, a row a residual. */
  static double[][] jacobian(double[] point, UnaryOperator<double[]> residuals) {
    double[][] jacobian = null;
    double[] moved = point.clone();
    for (int j = 0; j < point.length; j++) {
      double step = STEP * Math.max(Math.abs(point[j]), 0.1);
      moved[j] = point[j] + step;
      double[] above = residuals.apply(moved);
      moved[j] = point[j] - step;
      double[] below = residuals.apply(moved);
      moved[j] = point[j];
      if (jacobian == null) {
        jacobian = new double[above.length][point.length];
      }
      for (int i = 0; i < above.length; i++) {
        double slope = (above[i] - below[i]) / (2 * step);
        jacobian[i][j] = Double.isFinite(slope) ? slope : 0;
      }
    }
    return jacobian;
  }

  /** What the optimiser walks on; remembers the lowest point. */
  private static final class Slope implements ValueAndJacobianFunction {
    private final UnaryOperator<double[]> residuals;
    private double[] best;
    private double least;
    private int jacobians;

    Slope(UnaryOperator<double[]> residuals, double[] start, double cost) {
      this.residuals = residuals;
      this.best = start.clone();
      this.least = cost;
    }

    @Override
    public RealVector computeValue(double[] point) {
      double[] values = residuals.apply(point).clone();
      double cost = Descent.cost(values);
      if (cost < least) {
        least = cost;
        best = point.clone();
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.isFinite(values[i]) ? values[i] : HOPELESS;
      }
      return new ArrayRealVector(values, false);
    }

    @Override
    public RealMatrix computeJacobian(double[] point) {
      jacobians++;
      return new Array2DRowRealMatrix(Descent.jacobian(point, residuals), false);
    }

    @Override
    public Pair<RealVector, RealMatrix> value(RealVector point) {
      double[] at = point.toArray();
      return new Pair<>(computeValue(at), computeJacobian(at));
    }
  }
}
