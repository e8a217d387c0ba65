package io.gristmill.trainer.kernel;

/** Which operand of a matrix product {@code C = op(A) op(B)} is read transposed. */
public enum Form {
  /** C[m,n] = sum over k of A[m,k] B[k,n]: the gradient of a layer's input. */
  NN,
  /** C[m,n] = sum over k of A[m,k] B[n,k]: a layer's output, weights stored [out, in]. */
  NT,
  /** C[m,n] = sum over k of A[k,m] B[k,n]: the gradient of a layer's weights. */
  TN;

  int rows(Matrix a) {
    return this == TN ? a.columns() : a.rows();
  }

  int depth(Matrix a) {
    return this == TN ? a.rows() : a.columns();
  }

  int columns(Matrix b) {
    return this == NT ? b.rows() : b.columns();
  }

  void check(Matrix a, Matrix b, Matrix c) {
    int depthOfB = this == NT ? b.columns() : b.rows();
    if (depth(a) != depthOfB || rows(a) != c.rows() || columns(b) != c.columns()) {
      throw new IllegalArgumentException(
          "%s product of %d x %d and %d x %d does not fit a result of %d x %d"
              .formatted(
                  this, a.rows(), a.columns(), b.rows(), b.columns(), c.rows(), c.columns()));
    }
  }
}
