package io.gristmill.trainer.kernel;

/** The matrix products of {@link VectorKernels} in one precision. */
sealed interface Products permits Fp32Products, Bf16Products {
  /** Appended to what {@link Kernels#description} says; empty where there is nothing to add. */
  String description();

  /** What {@link Kernels#instructions} says. */
  String instructions();

  /** c = op(a) op(b), or added to c; sizes are checked. */
  void multiply(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch, boolean add);

  /** The products of one call of the cross-entropy head. */
  HeadProducts head(Matrix hidden, Matrix table, Scratch scratch);
}
