package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Kernels.DEPTH_BLOCK;
import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;
import static io.gristmill.trainer.kernel.Tile.PANEL;
import static io.gristmill.trainer.kernel.Tile.ROWS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarHead} by tiles. Logits stand transposed, vocabulary by tokens: the softmax runs down
 * the lanes, a block of vocabulary rows is still in cache when its statistics are taken, and both
 * products of backward read the block in place.
 */
final class VectorHead {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int BLOCK = Kernels.HEAD_BLOCK;

  private final Matrix hidden;
  private final Matrix table;
  private final int[] targets;
  private final Scratch scratch;
  private final float[] panels;
  private final float[] logits;
  private final int depth;

  VectorHead(Matrix hidden, Matrix table, int[] targets, Scratch scratch) {
    this.hidden = hidden;
    this.table = table;
    this.targets = targets;
    this.scratch = scratch;
    this.panels = scratch.panels;
    this.logits = scratch.logits;
    this.depth = hidden.columns();
  }

  void losses(float[] losses) {
    for (int from = 0; from < hidden.rows(); from += BLOCK) {
      forward(from, Math.min(BLOCK, hidden.rows() - from), losses);
    }
  }

  void lossesAndGradient(
      float[] losses, Matrix dHidden, Matrix dTable, float gradientScale, float zLoss) {
    for (int from = 0; from < hidden.rows(); from += BLOCK) {
      int count = Math.min(BLOCK, hidden.rows() - from);
      forward(from, count, losses);
      weights(from, count, gradientScale, zLoss);
      backward(from, count, dHidden, dTable);
    }
  }

  private void forward(int from, int count, float[] losses) {
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
    Arrays.fill(scratch.maximum, ScalarAttention.LOWEST_SCORE);
    Arrays.fill(scratch.sum, 0f);
    for (int row = 0; row < table.rows(); row += BLOCK) {
      int rows = Math.min(BLOCK, table.rows() - row);
      logits(row, rows, count);
      for (int column = 0; column < count; column += LANES) {
        statistics(row * BLOCK_STRIDE + column, rows, column);
      }
    }
    for (int token = 0; token < count; token++) {
      int target = targets[from + token];
      losses[from + token] =
          target < 0
              ? 0
              : ScalarHead.loss(
                  scratch.maximum[token],
                  scratch.sum[token],
                  logits[target * BLOCK_STRIDE + token]);
    }
  }

  /** Logits of the vocabulary rows from {@code row}, for all tokens of the block. */
  private void logits(int row, int rows, int count) {
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

  private void statistics(int from, int rows, int column) {
    FloatVector old = FloatVector.fromArray(SPECIES, scratch.maximum, column);
    FloatVector top = old;
    for (int i = 0; i < rows; i++) {
      FloatVector logit = FloatVector.fromArray(SPECIES, logits, from + i * BLOCK_STRIDE);
      top = top.blend(logit, logit.compare(VectorOperators.GT, top));
    }
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      FloatVector logit = FloatVector.fromArray(SPECIES, logits, from + i * BLOCK_STRIDE);
      sum = sum.add(VectorExponential.ofClamped(logit.sub(top)));
    }
    FloatVector correction = VectorExponential.ofClamped(old.sub(top));
    FloatVector.fromArray(SPECIES, scratch.sum, column)
        .fma(correction, sum)
        .intoArray(scratch.sum, column);
    top.intoArray(scratch.maximum, column);
  }

  private void backward(int from, int count, Matrix dHidden, Matrix dTable) {
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
    for (int row = 0; row < table.rows(); row += BLOCK) {
      int rows = Math.min(BLOCK, table.rows() - row);
      for (int i = 0; i < rows; i++) {
        gradient((row + i) * BLOCK_STRIDE, count);
      }
      for (int token = 0; token < count; token++) {
        int target = targets[from + token];
        if (target >= row && target < row + rows) {
          logits[target * BLOCK_STRIDE + token] -= scratch.weight[token];
        }
      }
      addToTable(row, rows, count, dTable);
      addToHidden(row, rows, from, count, dHidden);
    }
  }

  private void weights(int from, int count, float scale, float zLoss) {
    Arrays.fill(scratch.share, 0f);
    for (int token = 0; token < count; token++) {
      scratch.weight[token] = targets[from + token] < 0 ? 0 : scale;
      scratch.share[token] =
          ScalarHead.share(
              scratch.weight[token], zLoss, scratch.maximum[token], scratch.sum[token]);
    }
  }

  /** Logits of one vocabulary row become exp(logit - maximum) * weight / sum. */
  private void gradient(int row, int count) {
    for (int column = 0; column < count; column += LANES) {
      FloatVector logit = FloatVector.fromArray(SPECIES, logits, row + column);
      VectorExponential.ofClamped(
              logit.sub(FloatVector.fromArray(SPECIES, scratch.maximum, column)))
          .mul(FloatVector.fromArray(SPECIES, scratch.share, column))
          .intoArray(logits, row + column);
    }
  }

  /** dTable[row + i, :] += sum over tokens of gradient[i, token] hidden[token, :]. */
  private void addToTable(int row, int rows, int count, Matrix dTable) {
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

  /** dHidden[token, :] = or += sum over rows of gradient[i, token] table[row + i, :]. */
  private void addToHidden(int row, int rows, int from, int count, Matrix dHidden) {
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
