package io.gristmill.trainer.kernel;

/** Products of 32-bit floats, to the bits of {@link ScalarKernels}. */
final class Fp32Products implements Products {
  @Override
  public String description() {
    return "";
  }

  @Override
  public String instructions() {
    return "";
  }

  @Override
  public void multiply(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch, boolean add) {
    VectorGemm.multiply(form, a, b, c, scratch, add);
  }

  @Override
  public HeadProducts head(Matrix hidden, Matrix table, Scratch scratch) {
    return new Fp32HeadProducts(hidden, table, scratch);
  }
}
