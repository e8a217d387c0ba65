package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of four rows and two vectors: 8 accumulators, which hide the latency of two units and leave
 * the compiler room in 16 vector registers; with 10 it spills. Written out as {@link Tile12} is.
 */
final class Tile4 {
  static final int ROWS = 4;
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = 2 * LANES;

  private Tile4() {}

  /** A by columns: element (i, k) at a0 + k * aStride + i. */
  static void columns(
      int depth,
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int stride,
      boolean add) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector t0 = s0;
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector t1 = s1;
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector t2 = s2;
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t3 = s3;
    for (int k = 0; k < depth; k++) {
      int at = a0 + k * aStride;
      FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + k * PANEL);
      FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      s0 = x0.fma(left, s0);
      t0 = x0.fma(right, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + 1]);
      s1 = x1.fma(left, s1);
      t1 = x1.fma(right, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2]);
      s2 = x2.fma(left, s2);
      t2 = x2.fma(right, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3]);
      s3 = x3.fma(left, s3);
      t3 = x3.fma(right, t3);
    }
    if (add) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, c, c0));
      t0 = t0.add(FloatVector.fromArray(SPECIES, c, c0 + LANES));
      s1 = s1.add(FloatVector.fromArray(SPECIES, c, c0 + stride));
      t1 = t1.add(FloatVector.fromArray(SPECIES, c, c0 + stride + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, c, c0 + 2 * stride));
      t2 = t2.add(FloatVector.fromArray(SPECIES, c, c0 + 2 * stride + LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, c, c0 + 3 * stride));
      t3 = t3.add(FloatVector.fromArray(SPECIES, c, c0 + 3 * stride + LANES));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c0 + stride);
    t1.intoArray(c, c0 + stride + LANES);
    s2.intoArray(c, c0 + 2 * stride);
    t2.intoArray(c, c0 + 2 * stride + LANES);
    s3.intoArray(c, c0 + 3 * stride);
    t3.intoArray(c, c0 + 3 * stride + LANES);
  }

  /** A in a block, by rows: element (i, k) at a0 + i * BLOCK_STRIDE + k. */
  static void rows(
      int depth, float[] a, int a0, float[] b, int b0, float[] c, int c0, int stride, boolean add) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector t0 = s0;
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector t1 = s1;
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector t2 = s2;
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t3 = s3;
    for (int k = 0; k < depth; k++) {
      int at = a0 + k;
      FloatVector left = FloatVector.fromArray(SPECIES, b, b0 + k * PANEL);
      FloatVector right = FloatVector.fromArray(SPECIES, b, b0 + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      s0 = x0.fma(left, s0);
      t0 = x0.fma(right, t0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + BLOCK_STRIDE]);
      s1 = x1.fma(left, s1);
      t1 = x1.fma(right, t1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2 * BLOCK_STRIDE]);
      s2 = x2.fma(left, s2);
      t2 = x2.fma(right, t2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3 * BLOCK_STRIDE]);
      s3 = x3.fma(left, s3);
      t3 = x3.fma(right, t3);
    }
    if (add) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, c, c0));
      t0 = t0.add(FloatVector.fromArray(SPECIES, c, c0 + LANES));
      s1 = s1.add(FloatVector.fromArray(SPECIES, c, c0 + stride));
      t1 = t1.add(FloatVector.fromArray(SPECIES, c, c0 + stride + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, c, c0 + 2 * stride));
      t2 = t2.add(FloatVector.fromArray(SPECIES, c, c0 + 2 * stride + LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, c, c0 + 3 * stride));
      t3 = t3.add(FloatVector.fromArray(SPECIES, c, c0 + 3 * stride + LANES));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c0 + stride);
    t1.intoArray(c, c0 + stride + LANES);
    s2.intoArray(c, c0 + 2 * stride);
    t2.intoArray(c, c0 + 2 * stride + LANES);
    s3.intoArray(c, c0 + 3 * stride);
    t3.intoArray(c, c0 + 3 * stride + LANES);
  }
}
