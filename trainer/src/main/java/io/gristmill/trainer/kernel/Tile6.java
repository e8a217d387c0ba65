package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of six rows and two vectors: 12 accumulators, for machines with 16 vector registers.
 * Written out, because the compiler keeps accumulators in registers only as local variables.
 */
final class Tile6 {
  static final int ROWS = 6;
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = 2 * LANES;

  private Tile6() {}

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
    }
    Tile.store(s0, t0, c, c0, add);
    Tile.store(s1, t1, c, c0 + stride, add);
    Tile.store(s2, t2, c, c0 + 2 * stride, add);
    Tile.store(s3, t3, c, c0 + 3 * stride, add);
    Tile.store(s4, t4, c, c0 + 4 * stride, add);
    Tile.store(s5, t5, c, c0 + 5 * stride, add);
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
    }
    Tile.store(s0, t0, c, c0, add);
    Tile.store(s1, t1, c, c0 + stride, add);
    Tile.store(s2, t2, c, c0 + 2 * stride, add);
    Tile.store(s3, t3, c, c0 + 3 * stride, add);
    Tile.store(s4, t4, c, c0 + 4 * stride, add);
    Tile.store(s5, t5, c, c0 + 5 * stride, add);
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
    }
    Tile.store(s0, t0, c, c0, add);
    Tile.store(s1, t1, c, c0 + stride, add);
    Tile.store(s2, t2, c, c0 + 2 * stride, add);
    Tile.store(s3, t3, c, c0 + 3 * stride, add);
    Tile.store(s4, t4, c, c0 + 4 * stride, add);
    Tile.store(s5, t5, c, c0 + 5 * stride, add);
  }
}
