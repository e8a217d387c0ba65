package io.gristmill.trainer.kernel;

/**
 * The innermost products: {@link #ROWS} rows of A times a panel of B that is two vectors wide,
 * element (k, j) at {@code b0 + k * PANEL + j}. Each element of the tile is one chain of fused
 * multiply-adds from zero over {@code depth}, then stored to C or added to it. A comes in three
 * layouts.
 */
final class Tile {
  private static final int LANES = Lanes.COUNT;

  /** Columns of a tile, and of a packed panel of B. */
  static final int PANEL = 2 * LANES;

  /** Rows of a tile, and of a packed sliver of A. */
  static final int ROWS = LANES == 16 ? Tile12.ROWS : Tile4.ROWS;

  /**
   * Row stride of blocks of scores and logits: a constant, so that addresses need no arithmetic.
   */
  static final int BLOCK_STRIDE = Kernels.HEAD_BLOCK;

  private Tile() {}

  /** A packed in slivers: element (i, k) at {@code a0 + k * ROWS + i}. */
  static void packed(
      int depth, float[] a, int a0, float[] b, int b0, float[] c, int c0, int stride, boolean add) {
    columns(depth, a, a0, ROWS, b, b0, c, c0, stride, add);
  }

  /** A inside a block, transposed: element (i, k) at {@code a0 + k * BLOCK_STRIDE + i}. */
  static void columns(
      int depth, float[] a, int a0, float[] b, int b0, float[] c, int c0, int stride, boolean add) {
    columns(depth, a, a0, BLOCK_STRIDE, b, b0, c, c0, stride, add);
  }

  private static void columns(
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
    if (LANES == 16) {
      Tile12.columns(depth, a, a0, aStride, b, b0, c, c0, stride, add);
    } else {
      Tile4.columns(depth, a, a0, aStride, b, b0, c, c0, stride, add);
    }
  }

  /** A inside a block: element (i, k) at {@code a0 + i * BLOCK_STRIDE + k}. */
  static void rows(
      int depth, float[] a, int a0, float[] b, int b0, float[] c, int c0, int stride, boolean add) {
    if (LANES == 16) {
      Tile12.rows(depth, a, a0, b, b0, c, c0, stride, add);
    } else {
      Tile4.rows(depth, a, a0, b, b0, c, c0, stride, add);
    }
  }
}
