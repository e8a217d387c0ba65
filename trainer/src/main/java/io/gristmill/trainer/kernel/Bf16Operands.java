package io.gristmill.trainer.kernel;

/** Operands of one thread's products in bfloat16: arrays that grow to the largest of them. */
final class Bf16Operands {
  private short[] left = new short[0];
  private short[] right = new short[0];
  private short[] gradients = new short[0];

  /** At least so many elements, of any content. */
  short[] left(int elements) {
    left = grown(left, elements);
    return left;
  }

  /** At least so many elements, of any content. */
  short[] right(int elements) {
    right = grown(right, elements);
    return right;
  }

  /** Gradients of logits. */
  short[] gradients(int elements) {
    gradients = grown(gradients, elements);
    return gradients;
  }

  /** Bytes of all of them, for the sizes that {@link Precision#operandBytes} is given. */
  static long bytes(long activations, long weights, int width) {
    long block = Kernels.HEAD_BLOCK;
    long leftmost = Math.max(activations, block * width);
    long rightmost = Math.max(leftmost, weights);
    return Short.BYTES * (leftmost + rightmost + block * block);
  }

  private static short[] grown(short[] array, int elements) {
    return array.length < elements ? new short[elements] : array;
  }
}
