package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.Form;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.Matrix;
import io.gristmill.trainer.kernel.Scratch;
import io.gristmill.trainer.model.ParameterLayout.Part;

/**
 * Products with the weights of a layer, [out, in] each: y = x W^T forward, and what backward makes
 * of its gradient. Activations are float[rows * width], row-major.
 */
record WeightProducts(Kernels kernels, ParameterLayout layout) {
  /** y = x W^T. */
  void linear(
      Tensors parameters, int layer, Part part, float[] x, float[] y, int rows, Scratch scratch) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemm(
        Form.NT,
        Matrix.of(x, rows, weight.columns()),
        weight,
        Matrix.of(y, rows, weight.rows()),
        scratch);
  }

  /** y += x W^T. */
  void linearAdd(
      Tensors parameters, int layer, Part part, float[] x, float[] y, int rows, Scratch scratch) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemmAdd(
        Form.NT,
        Matrix.of(x, rows, weight.columns()),
        weight,
        Matrix.of(y, rows, weight.rows()),
        scratch);
  }

  /** dx = dy W. */
  void inputGradient(
      Tensors parameters, int layer, Part part, float[] dy, float[] dx, int rows, Scratch scratch) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemm(
        Form.NN,
        Matrix.of(dy, rows, weight.rows()),
        weight,
        Matrix.of(dx, rows, weight.columns()),
        scratch);
  }

  /** dx += dy W. */
  void inputGradientAdd(
      Tensors parameters, int layer, Part part, float[] dy, float[] dx, int rows, Scratch scratch) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemmAdd(
        Form.NN,
        Matrix.of(dy, rows, weight.rows()),
        weight,
        Matrix.of(dx, rows, weight.columns()),
        scratch);
  }

  /** dW += dy^T x. */
  void weightGradient(
      Tensors gradients, int layer, Part part, float[] dy, float[] x, int rows, Scratch scratch) {
    Matrix gradient = weight(gradients, layout.layer(layer, part));
    kernels.gemmAdd(
        Form.TN,
        Matrix.of(dy, rows, gradient.rows()),
        Matrix.of(x, rows, gradient.columns()),
        gradient,
        scratch);
  }

  Matrix weight(Tensors tensors, int tensor) {
    var shape = layout.tensors().get(tensor).shape();
    return Matrix.of(tensors.of(tensor), shape.get(0), shape.get(1));
  }
}
