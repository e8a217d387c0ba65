package io.gristmill.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.ScalarKernels;
import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.model.TensorSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewtonSchulzTest {
  private static final long SEED = Long.getLong("tests.seed", 11);

  /** The polynomial five times at 1: what becomes of a row divided by its norm. */
  private static final double FIVE_TIMES_AT_ONE = 0.696436;

  @ParameterizedTest
  @CsvSource({"16,40", "40,16", "12,97", "33,7", "1,30", "5,1"})
  void singularValuesBecomeNearlyOne(int rows, int columns) {
    float[] values = normal(rows * columns);
    orthogonalize(new VectorKernels(), values, rows, columns);
    double[][] factor = DoubleNewtonSchulz.matrix(values, rows, columns);
    double[][] gram =
        rows > columns
            ? DoubleNewtonSchulz.product(DoubleNewtonSchulz.transposed(factor), factor)
            : DoubleNewtonSchulz.product(factor, DoubleNewtonSchulz.transposed(factor));
    double largest = largestEigenvalue(gram);
    double[][] identity = new double[gram.length][gram.length];
    for (int i = 0; i < gram.length; i++) {
      identity[i][i] = 1;
    }
    double smallest =
        largest - largestEigenvalue(DoubleNewtonSchulz.combined(largest, identity, -1, gram));
    assertThat(Math.sqrt(largest)).as("seed %d", SEED).isLessThan(1.21);
    assertThat(Math.sqrt(smallest)).as("seed %d", SEED).isGreaterThan(0.68);
  }

  @ParameterizedTest
  @CsvSource({"16,40", "40,16", "12,97", "33,7", "1,30", "24,24"})
  void agreesWithTheFormulasInDouble(int rows, int columns) {
    float[] values = normal(rows * columns);
    double[][] expected = DoubleNewtonSchulz.of(DoubleNewtonSchulz.matrix(values, rows, columns));
    orthogonalize(new VectorKernels(), values, rows, columns);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i])
          .as("element %d seed %d", i, SEED)
          .isCloseTo(expected[i / columns][i % columns], within(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"16,40", "40,16", "130,50", "1,30", "24,24"})
  void vectorKernelsGiveTheBitsOfScalarKernels(int rows, int columns) {
    float[] expected = normal(rows * columns);
    float[] actual = expected.clone();
    orthogonalize(new ScalarKernels(), expected, rows, columns);
    orthogonalize(new VectorKernels(), actual, rows, columns);
    assertThat(actual).containsExactly(expected);
  }

  @Test
  void oneRowIsDividedByItsNormAndPutThroughThePolynomial() {
    float[] row = {3, 0, -4};
    orthogonalize(new VectorKernels(), row, 1, 3);
    assertThat((double) row[0]).isCloseTo(0.6 * FIVE_TIMES_AT_ONE, within(1e-5));
    assertThat(row[1]).isZero();
    assertThat((double) row[2]).isCloseTo(-0.8 * FIVE_TIMES_AT_ONE, within(1e-5));
  }

  @Test
  void nothingStaysNothing() {
    float[] zeros = new float[12];
    orthogonalize(new VectorKernels(), zeros, 3, 4);
    assertThat(zeros).containsOnly(0f);
  }

  @Test
  void memoryIsUsedAgainForSmallerMatrices() {
    var work =
        new NewtonSchulz(
            new VectorKernels(),
            List.of(
                new TensorSpec("wide", List.of(8, 30), 0, 1),
                new TensorSpec("square", List.of(12, 12), 240, 1)));
    float[] wide = normal(8 * 30);
    float[] again = wide.clone();
    work.orthogonalize(wide, 8, 30);
    work.orthogonalize(normal(144), 12, 12);
    work.orthogonalize(again, 8, 30);
    assertThat(again).containsExactly(wide);
  }

  private static void orthogonalize(Kernels kernels, float[] values, int rows, int columns) {
    new NewtonSchulz(kernels, List.of(new TensorSpec("matrix", List.of(rows, columns), 0, 1)))
        .orthogonalize(values, rows, columns);
  }

  private static float[] normal(int length) {
    var random = new SplittableRandom(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** By the power method, of a matrix without negative eigenvalues. */
  private static double largestEigenvalue(double[][] matrix) {
    double[][] vector = new double[matrix.length][1];
    for (int i = 0; i < vector.length; i++) {
      vector[i][0] = 1 + i % 3;
    }
    double eigenvalue = 0;
    for (int step = 0; step < 2_000; step++) {
      vector = DoubleNewtonSchulz.product(matrix, vector);
      eigenvalue =
          Math.sqrt(
              DoubleNewtonSchulz.product(DoubleNewtonSchulz.transposed(vector), vector)[0][0]);
      vector = DoubleNewtonSchulz.combined(1 / Math.max(eigenvalue, 1e-300), vector, 0, vector);
    }
    return eigenvalue;
  }
}
