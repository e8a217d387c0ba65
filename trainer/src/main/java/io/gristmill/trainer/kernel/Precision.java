package io.gristmill.trainer.kernel;

/**
 * In what numbers the matrix products of a training are computed. Parameters, gradients, sums and
 * all else are 32-bit floats in either.
 */
public enum Precision {
  /** 32-bit floats throughout, in Java alone. */
  FP32("float32"),
  /**
   * Operands of products rounded to bfloat16, 8 bits of exponent and 8 of precision, and summed in
   * 32 bits (Kalamkar et al. 2019, arXiv 1905.12322), by oneDNN.
   */
  BF16("bfloat16, oneDNN " + OneDnn.VERSION);

  private final String numerics;

  Precision(String numerics) {
    this.numerics = numerics;
  }

  /**
   * Bytes of one thread's rounded operands.
   *
   * @param activations elements of the largest that a product reads
   * @param weights elements of the largest matrix but the table of the head
   * @param width of the head's rows
   */
  public long operandBytes(long activations, long weights, int width) {
    return switch (this) {
      case FP32 -> 0;
      case BF16 -> Bf16Operands.bytes(activations, weights, width);
    };
  }

  /** What stands for it in the identity of a run. */
  public String numerics() {
    return numerics;
  }
}
