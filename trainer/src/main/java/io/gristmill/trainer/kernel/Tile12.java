package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of twelve rows and two vectors: 24 accumulators, for machines with 32 vector registers.
 * Written out, because the compiler keeps accumulators in registers only as local variables; for
 * the same reason their stores are here too: as arguments of a method that is not inlined they
 * become objects, in the loop as well.
 */
final class Tile12 {
  static final int ROWS = 12;
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = 2 * LANES;

  private Tile12() {}

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
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector t4 = s4;
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector t5 = s5;
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector t6 = s6;
    FloatVector s7 = FloatVector.zero(SPECIES);
    FloatVector t7 = s7;
    FloatVector s8 = FloatVector.zero(SPECIES);
    FloatVector t8 = s8;
    FloatVector s9 = FloatVector.zero(SPECIES);
    FloatVector t9 = s9;
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector t10 = s10;
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector t11 = s11;
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
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[at + 4]);
      s4 = x4.fma(left, s4);
      t4 = x4.fma(right, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[at + 5]);
      s5 = x5.fma(left, s5);
      t5 = x5.fma(right, t5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[at + 6]);
      s6 = x6.fma(left, s6);
      t6 = x6.fma(right, t6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[at + 7]);
      s7 = x7.fma(left, s7);
      t7 = x7.fma(right, t7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[at + 8]);
      s8 = x8.fma(left, s8);
      t8 = x8.fma(right, t8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[at + 9]);
      s9 = x9.fma(left, s9);
      t9 = x9.fma(right, t9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, a[at + 10]);
      s10 = x10.fma(left, s10);
      t10 = x10.fma(right, t10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, a[at + 11]);
      s11 = x11.fma(left, s11);
      t11 = x11.fma(right, t11);
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
      s4 = s4.add(FloatVector.fromArray(SPECIES, c, c0 + 4 * stride));
      t4 = t4.add(FloatVector.fromArray(SPECIES, c, c0 + 4 * stride + LANES));
      s5 = s5.add(FloatVector.fromArray(SPECIES, c, c0 + 5 * stride));
      t5 = t5.add(FloatVector.fromArray(SPECIES, c, c0 + 5 * stride + LANES));
      s6 = s6.add(FloatVector.fromArray(SPECIES, c, c0 + 6 * stride));
      t6 = t6.add(FloatVector.fromArray(SPECIES, c, c0 + 6 * stride + LANES));
      s7 = s7.add(FloatVector.fromArray(SPECIES, c, c0 + 7 * stride));
      t7 = t7.add(FloatVector.fromArray(SPECIES, c, c0 + 7 * stride + LANES));
      s8 = s8.add(FloatVector.fromArray(SPECIES, c, c0 + 8 * stride));
      t8 = t8.add(FloatVector.fromArray(SPECIES, c, c0 + 8 * stride + LANES));
      s9 = s9.add(FloatVector.fromArray(SPECIES, c, c0 + 9 * stride));
      t9 = t9.add(FloatVector.fromArray(SPECIES, c, c0 + 9 * stride + LANES));
      s10 = s10.add(FloatVector.fromArray(SPECIES, c, c0 + 10 * stride));
      t10 = t10.add(FloatVector.fromArray(SPECIES, c, c0 + 10 * stride + LANES));
      s11 = s11.add(FloatVector.fromArray(SPECIES, c, c0 + 11 * stride));
      t11 = t11.add(FloatVector.fromArray(SPECIES, c, c0 + 11 * stride + LANES));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c0 + stride);
    t1.intoArray(c, c0 + stride + LANES);
    s2.intoArray(c, c0 + 2 * stride);
    t2.intoArray(c, c0 + 2 * stride + LANES);
    s3.intoArray(c, c0 + 3 * stride);
    t3.intoArray(c, c0 + 3 * stride + LANES);
    s4.intoArray(c, c0 + 4 * stride);
    t4.intoArray(c, c0 + 4 * stride + LANES);
    s5.intoArray(c, c0 + 5 * stride);
    t5.intoArray(c, c0 + 5 * stride + LANES);
    s6.intoArray(c, c0 + 6 * stride);
    t6.intoArray(c, c0 + 6 * stride + LANES);
    s7.intoArray(c, c0 + 7 * stride);
    t7.intoArray(c, c0 + 7 * stride + LANES);
    s8.intoArray(c, c0 + 8 * stride);
    t8.intoArray(c, c0 + 8 * stride + LANES);
    s9.intoArray(c, c0 + 9 * stride);
    t9.intoArray(c, c0 + 9 * stride + LANES);
    s10.intoArray(c, c0 + 10 * stride);
    t10.intoArray(c, c0 + 10 * stride + LANES);
    s11.intoArray(c, c0 + 11 * stride);
    t11.intoArray(c, c0 + 11 * stride + LANES);
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
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector t4 = s4;
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector t5 = s5;
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector t6 = s6;
    FloatVector s7 = FloatVector.zero(SPECIES);
    FloatVector t7 = s7;
    FloatVector s8 = FloatVector.zero(SPECIES);
    FloatVector t8 = s8;
    FloatVector s9 = FloatVector.zero(SPECIES);
    FloatVector t9 = s9;
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector t10 = s10;
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector t11 = s11;
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
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[at + 4 * BLOCK_STRIDE]);
      s4 = x4.fma(left, s4);
      t4 = x4.fma(right, t4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[at + 5 * BLOCK_STRIDE]);
      s5 = x5.fma(left, s5);
      t5 = x5.fma(right, t5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[at + 6 * BLOCK_STRIDE]);
      s6 = x6.fma(left, s6);
      t6 = x6.fma(right, t6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[at + 7 * BLOCK_STRIDE]);
      s7 = x7.fma(left, s7);
      t7 = x7.fma(right, t7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[at + 8 * BLOCK_STRIDE]);
      s8 = x8.fma(left, s8);
      t8 = x8.fma(right, t8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[at + 9 * BLOCK_STRIDE]);
      s9 = x9.fma(left, s9);
      t9 = x9.fma(right, t9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, a[at + 10 * BLOCK_STRIDE]);
      s10 = x10.fma(left, s10);
      t10 = x10.fma(right, t10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, a[at + 11 * BLOCK_STRIDE]);
      s11 = x11.fma(left, s11);
      t11 = x11.fma(right, t11);
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
      s4 = s4.add(FloatVector.fromArray(SPECIES, c, c0 + 4 * stride));
      t4 = t4.add(FloatVector.fromArray(SPECIES, c, c0 + 4 * stride + LANES));
      s5 = s5.add(FloatVector.fromArray(SPECIES, c, c0 + 5 * stride));
      t5 = t5.add(FloatVector.fromArray(SPECIES, c, c0 + 5 * stride + LANES));
      s6 = s6.add(FloatVector.fromArray(SPECIES, c, c0 + 6 * stride));
      t6 = t6.add(FloatVector.fromArray(SPECIES, c, c0 + 6 * stride + LANES));
      s7 = s7.add(FloatVector.fromArray(SPECIES, c, c0 + 7 * stride));
      t7 = t7.add(FloatVector.fromArray(SPECIES, c, c0 + 7 * stride + LANES));
      s8 = s8.add(FloatVector.fromArray(SPECIES, c, c0 + 8 * stride));
      t8 = t8.add(FloatVector.fromArray(SPECIES, c, c0 + 8 * stride + LANES));
      s9 = s9.add(FloatVector.fromArray(SPECIES, c, c0 + 9 * stride));
      t9 = t9.add(FloatVector.fromArray(SPECIES, c, c0 + 9 * stride + LANES));
      s10 = s10.add(FloatVector.fromArray(SPECIES, c, c0 + 10 * stride));
      t10 = t10.add(FloatVector.fromArray(SPECIES, c, c0 + 10 * stride + LANES));
      s11 = s11.add(FloatVector.fromArray(SPECIES, c, c0 + 11 * stride));
      t11 = t11.add(FloatVector.fromArray(SPECIES, c, c0 + 11 * stride + LANES));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c0 + stride);
    t1.intoArray(c, c0 + stride + LANES);
    s2.intoArray(c, c0 + 2 * stride);
    t2.intoArray(c, c0 + 2 * stride + LANES);
    s3.intoArray(c, c0 + 3 * stride);
    t3.intoArray(c, c0 + 3 * stride + LANES);
    s4.intoArray(c, c0 + 4 * stride);
    t4.intoArray(c, c0 + 4 * stride + LANES);
    s5.intoArray(c, c0 + 5 * stride);
    t5.intoArray(c, c0 + 5 * stride + LANES);
    s6.intoArray(c, c0 + 6 * stride);
    t6.intoArray(c, c0 + 6 * stride + LANES);
    s7.intoArray(c, c0 + 7 * stride);
    t7.intoArray(c, c0 + 7 * stride + LANES);
    s8.intoArray(c, c0 + 8 * stride);
    t8.intoArray(c, c0 + 8 * stride + LANES);
    s9.intoArray(c, c0 + 9 * stride);
    t9.intoArray(c, c0 + 9 * stride + LANES);
    s10.intoArray(c, c0 + 10 * stride);
    t10.intoArray(c, c0 + 10 * stride + LANES);
    s11.intoArray(c, c0 + 11 * stride);
    t11.intoArray(c, c0 + 11 * stride + LANES);
  }
}
