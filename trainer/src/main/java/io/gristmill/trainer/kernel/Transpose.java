package io.gristmill.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Transposes strips of rows in registers, as packing needs it. */
final class Transpose {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private Transpose() {}

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % LANES);
  }

  private static VectorMask<Float> odd(int distance) {
    return VectorMask.fromLong(SPECIES, pattern(distance));
  }

  private static long pattern(int distance) {
    long bits = 0;
    for (int lane = 0; lane < LANES; lane++) {
      if ((lane & distance) != 0) {
        bits |= 1L << lane;
      }
    }
    return bits;
  }

  /**
   * Writes scale times the transpose of {@code rows} rows of {@code depth} elements: element (i, k)
   * goes to {@code to + k * targetStride + i}. In ascending order of k it also writes the rest of a
   * vector behind each {@code rows} elements of the target, with values that mean nothing.
   *
   * @param rows at most the lanes of a vector
   */
  static void strip(
      float[] source,
      int from,
      int stride,
      int rows,
      int depth,
      float[] target,
      int to,
      int targetStride,
      float scale) {
    int k = 0;
    if (LANES == 16) {
      for (; k <= depth - 16; k += 16) {
        by16(source, from + k, stride, rows, target, to + k * targetStride, targetStride, scale);
      }
    } else if (LANES == 8) {
      for (; k <= depth - 8; k += 8) {
        by8(source, from + k, stride, rows, target, to + k * targetStride, targetStride, scale);
      }
    }
    for (; k < depth; k++) {
      for (int i = 0; i < rows; i++) {
        target[to + k * targetStride + i] = source[from + i * stride + k] * scale;
      }
    }
  }

  /** Row {@code row}, or the last one where there are fewer. */
  private static FloatVector row(float[] source, int from, int stride, int rows, int row) {
    return FloatVector.fromArray(SPECIES, source, from + Math.min(row, rows - 1) * stride);
  }

  private static void by16(
      float[] source,
      int from,
      int stride,
      int rows,
      float[] target,
      int to,
      int targetStride,
      float scale) {
    FloatVector v0 = row(source, from, stride, rows, 0);
    FloatVector v1 = row(source, from, stride, rows, 1);
    FloatVector v2 = row(source, from, stride, rows, 2);
    FloatVector v3 = row(source, from, stride, rows, 3);
    FloatVector v4 = row(source, from, stride, rows, 4);
    FloatVector v5 = row(source, from, stride, rows, 5);
    FloatVector v6 = row(source, from, stride, rows, 6);
    FloatVector v7 = row(source, from, stride, rows, 7);
    FloatVector v8 = row(source, from, stride, rows, 8);
    FloatVector v9 = row(source, from, stride, rows, 9);
    FloatVector v10 = row(source, from, stride, rows, 10);
    FloatVector v11 = row(source, from, stride, rows, 11);
    FloatVector v12 = row(source, from, stride, rows, 12);
    FloatVector v13 = row(source, from, stride, rows, 13);
    FloatVector v14 = row(source, from, stride, rows, 14);
    FloatVector v15 = row(source, from, stride, rows, 15);
    FloatVector w;
    // exchange lanes 8 apart
    w = v0.rearrange(SWAP_8).blend(v8, ODD_8);
    v0 = v0.blend(v8.rearrange(SWAP_8), ODD_8);
    v8 = w;
    w = v1.rearrange(SWAP_8).blend(v9, ODD_8);
    v1 = v1.blend(v9.rearrange(SWAP_8), ODD_8);
    v9 = w;
    w = v2.rearrange(SWAP_8).blend(v10, ODD_8);
    v2 = v2.blend(v10.rearrange(SWAP_8), ODD_8);
    v10 = w;
    w = v3.rearrange(SWAP_8).blend(v11, ODD_8);
    v3 = v3.blend(v11.rearrange(SWAP_8), ODD_8);
    v11 = w;
    w = v4.rearrange(SWAP_8).blend(v12, ODD_8);
    v4 = v4.blend(v12.rearrange(SWAP_8), ODD_8);
    v12 = w;
    w = v5.rearrange(SWAP_8).blend(v13, ODD_8);
    v5 = v5.blend(v13.rearrange(SWAP_8), ODD_8);
    v13 = w;
    w = v6.rearrange(SWAP_8).blend(v14, ODD_8);
    v6 = v6.blend(v14.rearrange(SWAP_8), ODD_8);
    v14 = w;
    w = v7.rearrange(SWAP_8).blend(v15, ODD_8);
    v7 = v7.blend(v15.rearrange(SWAP_8), ODD_8);
    v15 = w;
    // exchange lanes 4 apart
    w = v0.rearrange(SWAP_4).blend(v4, ODD_4);
    v0 = v0.blend(v4.rearrange(SWAP_4), ODD_4);
    v4 = w;
    w = v1.rearrange(SWAP_4).blend(v5, ODD_4);
    v1 = v1.blend(v5.rearrange(SWAP_4), ODD_4);
    v5 = w;
    w = v2.rearrange(SWAP_4).blend(v6, ODD_4);
    v2 = v2.blend(v6.rearrange(SWAP_4), ODD_4);
    v6 = w;
    w = v3.rearrange(SWAP_4).blend(v7, ODD_4);
    v3 = v3.blend(v7.rearrange(SWAP_4), ODD_4);
    v7 = w;
    w = v8.rearrange(SWAP_4).blend(v12, ODD_4);
    v8 = v8.blend(v12.rearrange(SWAP_4), ODD_4);
    v12 = w;
    w = v9.rearrange(SWAP_4).blend(v13, ODD_4);
    v9 = v9.blend(v13.rearrange(SWAP_4), ODD_4);
    v13 = w;
    w = v10.rearrange(SWAP_4).blend(v14, ODD_4);
    v10 = v10.blend(v14.rearrange(SWAP_4), ODD_4);
    v14 = w;
    w = v11.rearrange(SWAP_4).blend(v15, ODD_4);
    v11 = v11.blend(v15.rearrange(SWAP_4), ODD_4);
    v15 = w;
    // exchange lanes 2 apart
    w = v0.rearrange(SWAP_2).blend(v2, ODD_2);
    v0 = v0.blend(v2.rearrange(SWAP_2), ODD_2);
    v2 = w;
    w = v1.rearrange(SWAP_2).blend(v3, ODD_2);
    v1 = v1.blend(v3.rearrange(SWAP_2), ODD_2);
    v3 = w;
    w = v4.rearrange(SWAP_2).blend(v6, ODD_2);
    v4 = v4.blend(v6.rearrange(SWAP_2), ODD_2);
    v6 = w;
    w = v5.rearrange(SWAP_2).blend(v7, ODD_2);
    v5 = v5.blend(v7.rearrange(SWAP_2), ODD_2);
    v7 = w;
    w = v8.rearrange(SWAP_2).blend(v10, ODD_2);
    v8 = v8.blend(v10.rearrange(SWAP_2), ODD_2);
    v10 = w;
    w = v9.rearrange(SWAP_2).blend(v11, ODD_2);
    v9 = v9.blend(v11.rearrange(SWAP_2), ODD_2);
    v11 = w;
    w = v12.rearrange(SWAP_2).blend(v14, ODD_2);
    v12 = v12.blend(v14.rearrange(SWAP_2), ODD_2);
    v14 = w;
    w = v13.rearrange(SWAP_2).blend(v15, ODD_2);
    v13 = v13.blend(v15.rearrange(SWAP_2), ODD_2);
    v15 = w;
    // exchange lanes 1 apart
    w = v0.rearrange(SWAP_1).blend(v1, ODD_1);
    v0 = v0.blend(v1.rearrange(SWAP_1), ODD_1);
    v1 = w;
    w = v2.rearrange(SWAP_1).blend(v3, ODD_1);
    v2 = v2.blend(v3.rearrange(SWAP_1), ODD_1);
    v3 = w;
    w = v4.rearrange(SWAP_1).blend(v5, ODD_1);
    v4 = v4.blend(v5.rearrange(SWAP_1), ODD_1);
    v5 = w;
    w = v6.rearrange(SWAP_1).blend(v7, ODD_1);
    v6 = v6.blend(v7.rearrange(SWAP_1), ODD_1);
    v7 = w;
    w = v8.rearrange(SWAP_1).blend(v9, ODD_1);
    v8 = v8.blend(v9.rearrange(SWAP_1), ODD_1);
    v9 = w;
    w = v10.rearrange(SWAP_1).blend(v11, ODD_1);
    v10 = v10.blend(v11.rearrange(SWAP_1), ODD_1);
    v11 = w;
    w = v12.rearrange(SWAP_1).blend(v13, ODD_1);
    v12 = v12.blend(v13.rearrange(SWAP_1), ODD_1);
    v13 = w;
    w = v14.rearrange(SWAP_1).blend(v15, ODD_1);
    v14 = v14.blend(v15.rearrange(SWAP_1), ODD_1);
    v15 = w;
    v0.mul(scale).intoArray(target, to);
    v1.mul(scale).intoArray(target, to + targetStride);
    v2.mul(scale).intoArray(target, to + 2 * targetStride);
    v3.mul(scale).intoArray(target, to + 3 * targetStride);
    v4.mul(scale).intoArray(target, to + 4 * targetStride);
    v5.mul(scale).intoArray(target, to + 5 * targetStride);
    v6.mul(scale).intoArray(target, to + 6 * targetStride);
    v7.mul(scale).intoArray(target, to + 7 * targetStride);
    v8.mul(scale).intoArray(target, to + 8 * targetStride);
    v9.mul(scale).intoArray(target, to + 9 * targetStride);
    v10.mul(scale).intoArray(target, to + 10 * targetStride);
    v11.mul(scale).intoArray(target, to + 11 * targetStride);
    v12.mul(scale).intoArray(target, to + 12 * targetStride);
    v13.mul(scale).intoArray(target, to + 13 * targetStride);
    v14.mul(scale).intoArray(target, to + 14 * targetStride);
    v15.mul(scale).intoArray(target, to + 15 * targetStride);
  }

  private static void by8(
      float[] source,
      int from,
      int stride,
      int rows,
      float[] target,
      int to,
      int targetStride,
      float scale) {
    FloatVector v0 = row(source, from, stride, rows, 0);
    FloatVector v1 = row(source, from, stride, rows, 1);
    FloatVector v2 = row(source, from, stride, rows, 2);
    FloatVector v3 = row(source, from, stride, rows, 3);
    FloatVector v4 = row(source, from, stride, rows, 4);
    FloatVector v5 = row(source, from, stride, rows, 5);
    FloatVector v6 = row(source, from, stride, rows, 6);
    FloatVector v7 = row(source, from, stride, rows, 7);
    FloatVector w;
    // exchange lanes 4 apart
    w = v0.rearrange(SWAP_4).blend(v4, ODD_4);
    v0 = v0.blend(v4.rearrange(SWAP_4), ODD_4);
    v4 = w;
    w = v1.rearrange(SWAP_4).blend(v5, ODD_4);
    v1 = v1.blend(v5.rearrange(SWAP_4), ODD_4);
    v5 = w;
    w = v2.rearrange(SWAP_4).blend(v6, ODD_4);
    v2 = v2.blend(v6.rearrange(SWAP_4), ODD_4);
    v6 = w;
    w = v3.rearrange(SWAP_4).blend(v7, ODD_4);
    v3 = v3.blend(v7.rearrange(SWAP_4), ODD_4);
    v7 = w;
    // exchange lanes 2 apart
    w = v0.rearrange(SWAP_2).blend(v2, ODD_2);
    v0 = v0.blend(v2.rearrange(SWAP_2), ODD_2);
    v2 = w;
    w = v1.rearrange(SWAP_2).blend(v3, ODD_2);
    v1 = v1.blend(v3.rearrange(SWAP_2), ODD_2);
    v3 = w;
    w = v4.rearrange(SWAP_2).blend(v6, ODD_2);
    v4 = v4.blend(v6.rearrange(SWAP_2), ODD_2);
    v6 = w;
    w = v5.rearrange(SWAP_2).blend(v7, ODD_2);
    v5 = v5.blend(v7.rearrange(SWAP_2), ODD_2);
    v7 = w;
    // exchange lanes 1 apart
    w = v0.rearrange(SWAP_1).blend(v1, ODD_1);
    v0 = v0.blend(v1.rearrange(SWAP_1), ODD_1);
    v1 = w;
    w = v2.rearrange(SWAP_1).blend(v3, ODD_1);
    v2 = v2.blend(v3.rearrange(SWAP_1), ODD_1);
    v3 = w;
    w = v4.rearrange(SWAP_1).blend(v5, ODD_1);
    v4 = v4.blend(v5.rearrange(SWAP_1), ODD_1);
    v5 = w;
    w = v6.rearrange(SWAP_1).blend(v7, ODD_1);
    v6 = v6.blend(v7.rearrange(SWAP_1), ODD_1);
    v7 = w;
    v0.mul(scale).intoArray(target, to);
    v1.mul(scale).intoArray(target, to + targetStride);
    v2.mul(scale).intoArray(target, to + 2 * targetStride);
    v3.mul(scale).intoArray(target, to + 3 * targetStride);
    v4.mul(scale).intoArray(target, to + 4 * targetStride);
    v5.mul(scale).intoArray(target, to + 5 * targetStride);
    v6.mul(scale).intoArray(target, to + 6 * targetStride);
    v7.mul(scale).intoArray(target, to + 7 * targetStride);
  }
}
