package io.gristmill.trainer.optimizer;

/** The five steps of Newton-Schulz as formulas in double, transposing what is tall. */
final class DoubleNewtonSchulz {
  private DoubleNewtonSchulz() {}

  static double[][] of(double[][] matrix) {
    if (matrix.length > matrix[0].length) {
      return transposed(of(transposed(matrix)));
    }
    double squares = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        squares += value * value;
      }
    }
    double[][] x = combined(1 / (Math.sqrt(squares) + 1e-7), matrix, 0, matrix);
    for (int step = 0; step < 5; step++) {
      double[][] gram = product(x, transposed(x));
      double[][] factor = combined(-4.7750, gram, 2.0315, product(gram, gram));
      x = combined(3.4445, x, 1, product(factor, x));
    }
    return x;
  }

  static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  /** s a + t b. */
  static double[][] combined(double s, double[][] a, double t, double[][] b) {
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[i][j] = s * a[i][j] + t * b[i][j];
      }
    }
    return c;
  }

  /** Row-major numbers as a matrix. */
  static double[][] matrix(float[] values, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < rows * columns; i++) {
      matrix[i / columns][i % columns] = values[i];
    }
    return matrix;
  }
}
