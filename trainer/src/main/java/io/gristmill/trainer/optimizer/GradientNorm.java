package io.gristmill.trainer.optimizer;

import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;

/**
 * The global L2 norm of the gradients: squares are summed in double over fixed chunks of the global
 * flat order, then chunk by chunk, so that it does not depend on who computed which chunk.
 */
public final class GradientNorm {
  private GradientNorm() {}

  /** Number of chunks of a layout. */
  public static int chunks(ParameterLayout layout) {
    return Math.toIntExact((layout.size() + Kernels.NORM_CHUNK - 1) / Kernels.NORM_CHUNK);
  }

  /** Sums of squares of the chunks from {@code from} (inclusive) to {@code to} (exclusive). */
  public static double[] chunkSums(Tensors gradients, int from, int to, Kernels kernels) {
    ParameterLayout layout = gradients.layout();
    float[] buffer = new float[Kernels.NORM_CHUNK];
    double[] sums = new double[to - from];
    for (int chunk = from; chunk < to; chunk++) {
      long start = (long) chunk * Kernels.NORM_CHUNK;
      int length = (int) Math.min(Kernels.NORM_CHUNK, layout.size() - start);
      int tensor = layout.tensorAt(start);
      long offset = start - layout.tensors().get(tensor).offset();
      if (offset + length <= layout.tensors().get(tensor).size()) {
        sums[chunk - from] = kernels.sumOfSquares(gradients.of(tensor), (int) offset, length);
      } else {
        gradients.copyTo(start, buffer, 0, length);
        sums[chunk - from] = kernels.sumOfSquares(buffer, 0, length);
      }
    }
    return sums;
  }

  /** The square root of all chunk sums, added in order. */
  public static double norm(double[] chunkSums) {
    double sum = 0;
    for (double chunk : chunkSums) {
      sum += chunk;
    }
    return Math.sqrt(sum);
  }

  /** The norm of all gradients. */
  public static double of(Tensors gradients, Kernels kernels) {
    return norm(chunkSums(gradients, 0, chunks(gradients.layout()), kernels));
  }

  /** What gradients are multiplied by so that their norm is at most {@code limit}. */
  public static double clip(double norm, double limit) {
    return norm > limit ? limit / norm : 1;
  }
}
