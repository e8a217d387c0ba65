package io.gristmill.trainer.kernel;

/**
 * {@link ScalarKernels} to the bit where products are in 32 bits, with the Vector API at the width
 * of the machine, or of the system property {@code gristmill.vector-bits}.
 */
public final class VectorKernels implements Kernels {
  private final Products products;

  /** Kernels of 32-bit floats. */
  public VectorKernels() {
    this(new Fp32Products());
  }

  /** Kernels whose matrix products, those of attention excepted, are others. */
  VectorKernels(Products products) {
    this.products = products;
  }

  @Override
  public String description() {
    return "vector, %d bits%s".formatted(Lanes.SPECIES.vectorBitSize(), products.description());
  }

  @Override
  public String instructions() {
    return products.instructions();
  }

  @Override
  public void gemm(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch) {
    form.check(a, b, c);
    products.multiply(form, a, b, c, scratch, false);
  }

  @Override
  public void gemmAdd(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch) {
    form.check(a, b, c);
    products.multiply(form, a, b, c, scratch, true);
  }

  @Override
  public void rmsNorm(float[] y, float[] scale, float[] x, float[] gain, float eps, int rows) {
    VectorRows.rmsNorm(y, scale, x, gain, eps, rows);
  }

  @Override
  public void rmsNormAgain(float[] y, float[] scale, float[] x, float[] gain, int rows) {
    VectorRows.rmsNormAgain(y, scale, x, gain, rows);
  }

  @Override
  public void rmsNormBackward(
      float[] dx, float[] dGain, float[] dy, float[] scale, float[] x, float[] gain, int rows) {
    VectorRows.rmsNormBackward(dx, dGain, dy, scale, x, gain, rows);
  }

  @Override
  public void rope(float[] x, int rows, int heads, RotaryTables tables, int[] positions) {
    VectorRows.rotate(x, rows, heads, tables, positions, 1f);
  }

  @Override
  public void ropeBackward(float[] dx, int rows, int heads, RotaryTables tables, int[] positions) {
    VectorRows.rotate(dx, rows, heads, tables, positions, -1f);
  }

  @Override
  public void swiGlu(float[] y, float[] gate, float[] up, int length) {
    VectorRows.swiGlu(y, gate, up, length);
  }

  @Override
  public void swiGluBackward(float[] gate, float[] up, float[] dy, int length) {
    VectorRows.swiGluBackward(gate, up, dy, length);
  }

  @Override
  public void gather(float[] y, float[] table, int[] tokens, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(table, tokens[row] * width, y, row * width, width);
    }
  }

  @Override
  public void scatterAdd(float[] dTable, float[] dy, int[] tokens, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      VectorRows.add(dTable, tokens[row] * width, dy, row * width, width);
    }
  }

  @Override
  public void attention(
      AttentionShape shape,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v,
      int[] documentStart,
      Scratch scratch) {
    new VectorAttention(shape, documentStart, scratch).forward(out, maximum, inverseSum, q, k, v);
  }

  @Override
  public void attentionBackward(
      AttentionShape shape,
      float[] dq,
      float[] dk,
      float[] dv,
      float[] dOut,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v,
      int[] documentStart,
      Scratch scratch) {
    new VectorAttentionBackward(shape, documentStart, scratch)
        .backward(dq, dk, dv, dOut, out, maximum, inverseSum, q, k, v);
  }

  @Override
  public void crossEntropy(
      float[] losses, Matrix hidden, Matrix table, int[] targets, Scratch scratch) {
    head(hidden, table, targets, scratch).losses(losses);
  }

  @Override
  public void crossEntropyAndGradient(
      float[] losses,
      Matrix dHidden,
      Matrix dTable,
      Matrix hidden,
      Matrix table,
      int[] targets,
      float gradientScale,
      float zLoss,
      Scratch scratch) {
    head(hidden, table, targets, scratch)
        .lossesAndGradient(losses, dHidden, dTable, gradientScale, zLoss);
  }

  private VectorHead head(Matrix hidden, Matrix table, int[] targets, Scratch scratch) {
    return new VectorHead(hidden, table, targets, scratch, products.head(hidden, table, scratch));
  }

  @Override
  public void add(float[] y, float[] x, int length) {
    VectorRows.add(y, 0, x, 0, length);
  }

  @Override
  public void scale(float[] y, float[] x, float factor, int length) {
    VectorRows.scale(y, x, factor, length);
  }

  @Override
  public void addScaled(float[] y, float[] x, float[] branch, float factor, int length) {
    VectorRows.addScaled(y, x, branch, factor, length);
  }

  @Override
  public void dropout(float[] y, float[] x, DropoutMask mask, float factor, int length) {
    VectorDropout.dropout(y, x, mask, factor, length);
  }

  @Override
  public void adamW(
      AdamWStep step,
      float[] parameters,
      int parameterOffset,
      float[] gradients,
      int gradientOffset,
      float[] first,
      float[] second,
      int momentOffset,
      int length) {
    VectorRows.adamW(
        step,
        parameters,
        parameterOffset,
        gradients,
        gradientOffset,
        first,
        second,
        momentOffset,
        length);
  }

  @Override
  public double sumOfSquares(float[] x, int offset, int length) {
    return ScalarKernels.squares(x, offset, length);
  }
}
