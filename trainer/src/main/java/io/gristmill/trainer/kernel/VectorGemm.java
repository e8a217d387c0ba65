package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Kernels.DEPTH_BLOCK;
import static io.gristmill.trainer.kernel.Tile.PANEL;
import static io.gristmill.trainer.kernel.Tile.ROWS;

/**
 * Matrix products over packed panels (Goto and van de Geijn 2008): B by depth blocks in the third
 * level of cache, a block of A in the second, one sliver of A in the first while panels of B pass.
 */
final class VectorGemm {
  private VectorGemm() {}

  static void multiply(
      Form form, Matrix a, Matrix b, Matrix c, Scratch scratch, boolean accumulate) {
    int depth = form.depth(a);
    for (int n = 0; n < c.columns(); n += Scratch.COLUMN_BLOCK) {
      int columns = Math.min(Scratch.COLUMN_BLOCK, c.columns() - n);
      for (int k = 0; k < depth; k += DEPTH_BLOCK) {
        int depthBlock = Math.min(DEPTH_BLOCK, depth - k);
        packB(form, b, k, depthBlock, n, columns, scratch);
        for (int m = 0; m < c.rows(); m += Scratch.ROW_BLOCK) {
          int rows = Math.min(Scratch.ROW_BLOCK, c.rows() - m);
          packA(form, a, k, depthBlock, m, rows, scratch);
          int target = c.offset() + m * c.stride() + n;
          tiles(
              depthBlock,
              rows,
              columns,
              scratch.packedB,
              c.data(),
              target,
              c.stride(),
              scratch,
              accumulate || k > 0);
        }
      }
    }
  }

  private static void packA(
      Form form, Matrix a, int k, int depth, int m, int rows, Scratch scratch) {
    if (form == Form.TN) {
      int from = a.offset() + k * a.stride() + m;
      Packing.sliversOfColumns(
          a.data(), from, a.stride(), rows, depth, scratch.panels, scratch.packedA);
    } else {
      int from = a.offset() + m * a.stride() + k;
      Packing.sliversOfRows(
          a.data(), from, a.stride(), rows, depth, scratch.panels, scratch.packedA, 1f);
    }
  }

  private static void packB(
      Form form, Matrix b, int k, int depth, int n, int columns, Scratch scratch) {
    if (form == Form.NT) {
      int from = b.offset() + n * b.stride() + k;
      Packing.panelsOfColumns(
          b.data(), from, b.stride(), depth, columns, scratch.panels, scratch.packedB, 1f);
    } else {
      int from = b.offset() + k * b.stride() + n;
      Packing.panelsOfRows(
          b.data(), from, b.stride(), depth, columns, scratch.panels, scratch.packedB, depth, 1f);
    }
  }

  /**
   * C = packed slivers at {@code scratch.packedA} times packed panels at {@code panels}, or added
   * to C.
   */
  static void tiles(
      int depth,
      int rows,
      int columns,
      int panels,
      float[] c,
      int c0,
      int stride,
      Scratch scratch,
      boolean add) {
    for (int from = 0; from < columns; from += Scratch.CACHED_COLUMNS) {
      int to = Math.min(columns, from + Scratch.CACHED_COLUMNS);
      for (int i = 0; i < rows; i += ROWS) {
        int height = Math.min(ROWS, rows - i);
        int sliver = scratch.packedA + i * depth;
        for (int j = from; j < to; j += PANEL) {
          int width = Math.min(PANEL, to - j);
          int panel = panels + j * depth;
          int target = c0 + i * stride + j;
          if (height == ROWS && width == PANEL) {
            Tile.packed(
                depth, scratch.panels, sliver, scratch.panels, panel, c, target, stride, add);
          } else {
            Tile.packed(
                depth,
                scratch.panels,
                sliver,
                scratch.panels,
                panel,
                scratch.edge,
                0,
                PANEL,
                false);
            copyEdge(scratch.edge, height, width, c, target, stride, add);
          }
        }
      }
    }
  }

  /** Copies the part of a tile that lies inside C. */
  static void copyEdge(
      float[] tile, int height, int width, float[] c, int c0, int stride, boolean add) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        int target = c0 + i * stride + j;
        c[target] = add ? c[target] + tile[i * PANEL + j] : tile[i * PANEL + j];
      }
    }
  }
}
