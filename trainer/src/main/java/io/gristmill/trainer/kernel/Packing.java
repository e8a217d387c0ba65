package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.PANEL;
import static io.gristmill.trainer.kernel.Tile.ROWS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies operands into the order in which tiles read them: slivers of {@link Tile#ROWS} rows of A,
 * panels of {@link Tile#PANEL} columns of B, the depth outermost in each. What is missing in the
 * last sliver or panel is zero.
 */
final class Packing {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;

  private Packing() {}

  /** Room for {@code rows} rows in slivers, with what the last store may write behind them. */
  static int sliverElements(int rows, int depth) {
    return (rows + ROWS - 1) / ROWS * ROWS * depth + 16;
  }

  /** Room for {@code columns} columns in panels. */
  static int panelElements(int columns, int depth) {
    return (columns + PANEL - 1) / PANEL * PANEL * depth;
  }

  /**
   * Slivers from rows that lie along the depth: element (i, k) at {@code from + i * stride + k},
   * times {@code scale}.
   */
  static void sliversOfRows(
      float[] source,
      int from,
      int stride,
      int rows,
      int depth,
      float[] target,
      int to,
      float scale) {
    for (int i = 0; i < rows; i += ROWS) {
      int count = Math.min(ROWS, rows - i);
      int sliver = to + i * depth;
      if (count < ROWS) {
        Arrays.fill(target, sliver, sliver + ROWS * depth, 0f);
      }
      if (count <= LANES) {
        Transpose.strip(
            source, from + i * stride, stride, count, depth, target, sliver, ROWS, scale);
      } else {
        for (int k = 0; k < depth; k++) {
          for (int r = 0; r < count; r++) {
            target[sliver + k * ROWS + r] = source[from + (i + r) * stride + k] * scale;
          }
        }
      }
    }
  }

  /**
   * Slivers from rows that lie across the depth: element (i, k) at {@code from + k * stride + i}.
   */
  static void sliversOfColumns(
      float[] source, int from, int stride, int rows, int depth, float[] target, int to) {
    for (int i = 0; i < rows; i += ROWS) {
      int count = Math.min(ROWS, rows - i);
      int sliver = to + i * depth;
      boolean room = from + (depth - 1) * stride + i + 16 <= source.length;
      if (count == ROWS && LANES >= ROWS && room) {
        for (int k = 0; k < depth; k++) {
          copyRow(source, from + k * stride + i, target, sliver + k * ROWS);
        }
      } else {
        for (int k = 0; k < depth; k++) {
          for (int r = 0; r < ROWS; r++) {
            target[sliver + k * ROWS + r] = r < count ? source[from + k * stride + i + r] : 0f;
          }
        }
      }
    }
  }

  /** Copies ROWS elements and some behind them, which the next row overwrites. */
  private static void copyRow(float[] source, int from, float[] target, int to) {
    FloatVector.fromArray(SPECIES, source, from).intoArray(target, to);
  }

  /**
   * Panels from rows that lie across the depth: element (k, j) at {@code from + k * stride + j}.
   */
  static void panelsOfRows(
      float[] source,
      int from,
      int stride,
      int depth,
      int columns,
      float[] target,
      int to,
      int panelDepth,
      float scale) {
    for (int j = 0; j < columns; j += PANEL) {
      int width = Math.min(PANEL, columns - j);
      int panel = to + j * panelDepth;
      if (width == PANEL) {
        for (int k = 0; k < depth; k++) {
          int at = from + k * stride + j;
          int place = panel + k * PANEL;
          FloatVector.fromArray(SPECIES, source, at).mul(scale).intoArray(target, place);
          FloatVector.fromArray(SPECIES, source, at + LANES)
              .mul(scale)
              .intoArray(target, place + LANES);
        }
      } else {
        for (int k = 0; k < depth; k++) {
          for (int c = 0; c < PANEL; c++) {
            target[panel + k * PANEL + c] =
                c < width ? source[from + k * stride + j + c] * scale : 0f;
          }
        }
      }
    }
  }

  /**
   * Panels from columns that lie along the depth: element (k, j) at {@code from + j * stride + k},
   * times {@code scale}.
   */
  static void panelsOfColumns(
      float[] source,
      int from,
      int stride,
      int depth,
      int columns,
      float[] target,
      int to,
      float scale) {
    for (int j = 0; j < columns; j += PANEL) {
      int width = Math.min(PANEL, columns - j);
      int panel = to + j * depth;
      if (width < PANEL) {
        Arrays.fill(target, panel, panel + PANEL * depth, 0f);
      }
      for (int half = 0; half < width; half += LANES) {
        int count = Math.min(LANES, width - half);
        Transpose.strip(
            source,
            from + (j + half) * stride,
            stride,
            count,
            depth,
            target,
            panel + half,
            PANEL,
            scale);
      }
    }
  }
}
