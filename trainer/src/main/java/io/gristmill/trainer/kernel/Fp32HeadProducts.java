package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Kernels.DEPTH_BLOCK;
import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;
import static io.gristmill.trainer.kernel.Tile.PANEL;
import static io.gristmill.trainer.kernel.Tile.ROWS;

/** By tiles, to the bits of {@link ScalarHead}; the block of logits is read in place. */
final class Fp32HeadProducts implements HeadProducts {
  private static final int BLOCK = Kernels.HEAD_BLOCK;

  private final Matrix hidden;
  private final Matrix table;
  private final Scratch scratch;
  private final float[] panels;
  private final float[] logits;
  private final int depth;

  Fp32HeadProducts(Matrix hidden, Matrix table, Scratch scratch) {
    this.hidden = hidden;
    this.table = table;
    this.scratch = scratch;
    this.panels = scratch.panels;
    this.logits = scratch.logits;
    this.depth = hidden.columns();
  }

  @Override
  public void forward(int from, int count) {
    int source = hidden.offset() + from * hidden.stride();
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      Packing.panelsOfColumns(
          hidden.data(),
          source + k,
          hidden.stride(),
          Math.min(DEPTH_BLOCK, depth - k),
          count,
          panels,
          scratch.hiddenColumns + k * BLOCK,
          1f);
    }
  }

  @Override
  public void logits(int row, int rows, int count) {
    int columns = (count + PANEL - 1) / PANEL * PANEL;
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      int depthBlock = Math.min(DEPTH_BLOCK, depth - k);
      for (int m = 0; m < rows; m += Scratch.ROW_BLOCK) {
        int height = Math.min(Scratch.ROW_BLOCK, rows - m);
        Packing.sliversOfRows(
            table.data(),
            table.offset() + (row + m) * table.stride() + k,
            table.stride(),
            height,
            depthBlock,
            panels,
            scratch.packedA,
            1f);
        VectorGemm.tiles(
            depthBlock,
            height,
            columns,
            scratch.hiddenColumns + k * BLOCK,
            logits,
            (row + m) * BLOCK_STRIDE,
            BLOCK_STRIDE,
            scratch,
            k > 0);
      }
    }
  }

  @Override
  public void backward(int from, int count) {
    Packing.panelsOfRows(
        hidden.data(),
        hidden.offset() + from * hidden.stride(),
        hidden.stride(),
        count,
        depth,
        panels,
        scratch.hiddenPanels,
        count,
        1f);
  }

  @Override
  public void addToTable(int row, int rows, int count, Matrix dTable) {
    for (int d = 0; d < depth; d += Scratch.CACHED_COLUMNS) {
      int end = Math.min(depth, d + Scratch.CACHED_COLUMNS);
      for (int i = 0; i < rows; i += ROWS) {
        int height = Math.min(ROWS, rows - i);
        int source = (row + i) * BLOCK_STRIDE;
        // the last rows of the vocabulary may be fewer than a tile: read one that ends with them
        boolean inside = source + ROWS * BLOCK_STRIDE <= logits.length;
        float[] a = inside ? logits : copied(source, height);
        int a0 = inside ? source : scratch.scores;
        for (int j = d; j < end; j += PANEL) {
          int width = Math.min(PANEL, end - j);
          int panel = scratch.hiddenPanels + j * count;
          int target = dTable.offset() + (row + i) * dTable.stride() + j;
          if (height == ROWS && width == PANEL) {
            Tile.rows(count, a, a0, panels, panel, dTable.data(), target, dTable.stride(), true);
          } else {
            Tile.rows(count, a, a0, panels, panel, scratch.edge, 0, PANEL, false);
            VectorGemm.copyEdge(
                scratch.edge, height, width, dTable.data(), target, dTable.stride(), true);
          }
        }
      }
    }
  }

  private float[] copied(int source, int height) {
    System.arraycopy(logits, source, panels, scratch.scores, height * BLOCK_STRIDE);
    return panels;
  }

  @Override
  public void addToHidden(int row, int rows, int from, int count, Matrix dHidden) {
    for (int d = 0; d < depth; d += Scratch.COLUMN_BLOCK) {
      int columns = Math.min(Scratch.COLUMN_BLOCK, depth - d);
      Packing.panelsOfRows(
          table.data(),
          table.offset() + row * table.stride() + d,
          table.stride(),
          rows,
          columns,
          panels,
          scratch.packedB,
          rows,
          1f);
      for (int cached = 0; cached < columns; cached += Scratch.CACHED_COLUMNS) {
        int end = Math.min(columns, cached + Scratch.CACHED_COLUMNS);
        for (int i = 0; i < count; i += ROWS) {
          int height = Math.min(ROWS, count - i);
          for (int j = cached; j < end; j += PANEL) {
            int width = Math.min(PANEL, end - j);
            int panel = scratch.packedB + j * rows;
            int target = dHidden.offset() + (from + i) * dHidden.stride() + d + j;
            if (height == ROWS && width == PANEL) {
              Tile.columns(
                  rows,
                  logits,
                  row * BLOCK_STRIDE + i,
                  panels,
                  panel,
                  dHidden.data(),
                  target,
                  dHidden.stride(),
                  row > 0);
            } else {
              Tile.columns(
                  rows,
                  logits,
                  row * BLOCK_STRIDE + i,
                  panels,
                  panel,
                  scratch.edge,
                  0,
                  PANEL,
                  false);
              VectorGemm.copyEdge(
                  scratch.edge, height, width, dHidden.data(), target, dHidden.stride(), row > 0);
            }
          }
        }
      }
    }
  }
}
