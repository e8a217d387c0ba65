package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of twelve rows and two vectors: 24 accumulators, for machines with 32 vector registers.
 * Written out, because the compiler keeps accumulators in registers only as local variables.
 */
final class Tile12 {
  static final int ROWS = 12;
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = 2 * LANES;

  private Tile12() {}

  /** A packed: element (i, k) at a0 + k * ROWS + i. */
  static void packed(
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
      int at = a0 + k * ROWS;
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
    Tile.store(s0, t0, c, c0, add);
    Tile.store(s1, t1, c, c0 + stride, add);
    Tile.store(s2, t2, c, c0 + 2 * stride, add);
    Tile.store(s3, t3, c, c0 + 3 * stride, add);
    Tile.store(s4, t4, c, c0 + 4 * stride, add);
    Tile.store(s5, t5, c, c0 + 5 * stride, add);
    Tile.store(s6, t6, c, c0 + 6 * stride, add);
    Tile.store(s7, t7, c, c0 + 7 * stride, add);
    Tile.store(s8, t8, c, c0 + 8 * stride, add);
    Tile.store(s9, t9, c, c0 + 9 * stride, add);
    Tile.store(s10, t10, c, c0 + 10 * stride, add);
    Tile.store(s11, t11, c, c0 + 11 * stride, add);
  }

  /** A in a block, transposed: element (i, k) at a0 + k * BLOCK_STRIDE + i. */
  static void columns(
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
      int at = a0 + k * BLOCK_STRIDE;
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
    Tile.store(s0, t0, c, c0, add);
    Tile.store(s1, t1, c, c0 + stride, add);
    Tile.store(s2, t2, c, c0 + 2 * stride, add);
    Tile.store(s3, t3, c, c0 + 3 * stride, add);
    Tile.store(s4, t4, c, c0 + 4 * stride, add);
    Tile.store(s5, t5, c, c0 + 5 * stride, add);
    Tile.store(s6, t6, c, c0 + 6 * stride, add);
    Tile.store(s7, t7, c, c0 + 7 * stride, add);
    Tile.store(s8, t8, c, c0 + 8 * stride, add);
    Tile.store(s9, t9, c, c0 + 9 * stride, add);
    Tile.store(s10, t10, c, c0 + 10 * stride, add);
    Tile.store(s11, t11, c, c0 + 11 * stride, add);
  }

  /** A in a block: element (i, k) at a0 + i * BLOCK_STRIDE + k. */
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
    Tile.store(s0, t0, c, c0, add);
    Tile.store(s1, t1, c, c0 + stride, add);
    Tile.store(s2, t2, c, c0 + 2 * stride, add);
    Tile.store(s3, t3, c, c0 + 3 * stride, add);
    Tile.store(s4, t4, c, c0 + 4 * stride, add);
    Tile.store(s5, t5, c, c0 + 5 * stride, add);
    Tile.store(s6, t6, c, c0 + 6 * stride, add);
    Tile.store(s7, t7, c, c0 + 7 * stride, add);
    Tile.store(s8, t8, c, c0 + 8 * stride, add);
    Tile.store(s9, t9, c, c0 + 9 * stride, add);
    Tile.store(s10, t10, c, c0 + 10 * stride, add);
    Tile.store(s11, t11, c, c0 + 11 * stride, add);
  }
}
