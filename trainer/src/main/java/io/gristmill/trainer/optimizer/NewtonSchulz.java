package io.gristmill.trainer.optimizer;

import io.gristmill.trainer.kernel.Form;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.Matrix;
import io.gristmill.trainer.kernel.Scratch;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import java.util.List;

/**
 * Makes a matrix nearly orthogonal: of U S V^T it leaves about U V^T, with singular values between
 * 0.68 and 1.21 for all that were above 0.002 of the norm. One thread's work in a fixed order, on
 * the products of {@link Kernels}, so its bits depend on the matrix alone.
 *
 * <p>X = G / (|G| + 1e-7), then five times X = a X + (b A + c A^2) X with A = X X^T. A tall matrix
 * is multiplied from the other side, with A = X^T X, in place of being transposed. An instance owns
 * working memory for one thread.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al. 2024, "Muon"</a>
 */
public final class NewtonSchulz {
  private static final int STEPS = 5;
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;
  private static final double EPSILON = 1e-7;

  private final Kernels kernels;
  private final float[] other;
  private final float[] gram;
  private final float[] polynomial;
  private final Scratch scratch = Scratch.forProducts();

  /** Working memory for the largest of {@code matrices}. */
  public NewtonSchulz(Kernels kernels, List<TensorSpec> matrices) {
    this.kernels = kernels;
    this.other = new float[Math.toIntExact(largest(matrices))];
    this.gram = new float[Math.toIntExact(largestGram(matrices))];
    this.polynomial = new float[gram.length];
  }

  /** Bytes that an instance for the hidden matrices of a model takes, within a few thousand. */
  public static long bytes(ParameterLayout layout) {
    List<TensorSpec> matrices = layout.hiddenMatrices();
    return Float.BYTES * (largest(matrices) + 2 * largestGram(matrices))
        + Scratch.bytes(0, 0, 0, 0);
  }

  private static long largest(List<TensorSpec> matrices) {
    return matrices.stream().mapToLong(TensorSpec::size).max().orElse(0);
  }

  private static long largestGram(List<TensorSpec> matrices) {
    return matrices.stream()
        .mapToLong(matrix -> Math.min(matrix.shape().get(0), matrix.shape().get(1)))
        .map(side -> side * side)
        .max()
        .orElse(0);
  }

  /**
   * Replaces a matrix by its orthogonal factor.
   *
   * @param values float[rows * columns], row-major
   */
  public void orthogonalize(float[] values, int rows, int columns) {
    int size = rows * columns;
    scale(values, values, inverseNorm(values, size), size);
    int side = Math.min(rows, columns);
    Matrix x = Matrix.of(values, rows, columns);
    Matrix next = Matrix.of(other, rows, columns);
    for (int step = 0; step < STEPS; step++) {
      polynomial(x, side);
      scale(next.data(), x.data(), A, size);
      Matrix factor = Matrix.of(polynomial, side, side);
      if (rows > columns) {
        kernels.gemmAdd(Form.NN, x, factor, next, scratch);
      } else {
        kernels.gemmAdd(Form.NN, factor, x, next, scratch);
      }
      Matrix done = x;
      x = next;
      next = done;
    }
    System.arraycopy(other, 0, values, 0, size); // where an odd number of steps ends
  }

  /** b A + c A^2 of the smaller of the two Gram matrices of x. */
  private void polynomial(Matrix x, int side) {
    Matrix a = Matrix.of(gram, side, side);
    kernels.gemm(x.rows() > x.columns() ? Form.TN : Form.NT, x, x, a, scratch);
    kernels.gemm(Form.NN, a, a, Matrix.of(polynomial, side, side), scratch);
    for (int i = 0; i < side * side; i++) {
      polynomial[i] = Math.fma(B, gram[i], C * polynomial[i]);
    }
  }

  private float inverseNorm(float[] values, int size) {
    return (float) (1 / (Math.sqrt(kernels.sumOfSquares(values, 0, size)) + EPSILON));
  }

  private static void scale(float[] target, float[] source, float factor, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = factor * source[i];
    }
  }
}
