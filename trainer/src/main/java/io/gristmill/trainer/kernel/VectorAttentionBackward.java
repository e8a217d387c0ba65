package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;
import static io.gristmill.trainer.kernel.Tile.PANEL;
import static io.gristmill.trainer.kernel.Tile.ROWS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarAttention} backward by tiles. Scores stand queries by keys: maximum, sum and mean
 * are one number a row, and each of the three products that follow reads the block in place.
 */
final class VectorAttentionBackward {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int BLOCK = Kernels.ATTENTION_BLOCK;
  private static final FloatVector LANE = FloatVector.zero(SPECIES).addIndex(1);

  private final AttentionShape shape;
  private final int[] documentStart;
  private final Scratch scratch;
  private final float[] panels;
  private final int size;
  private final int width;

  VectorAttentionBackward(AttentionShape shape, int[] documentStart, Scratch scratch) {
    this.shape = shape;
    this.documentStart = documentStart;
    this.scratch = scratch;
    this.panels = scratch.panels;
    this.size = shape.headSize();
    this.width = Packing.panelElements(size, 1);
  }

  void backward(
      float[] dq,
      float[] dk,
      float[] dv,
      float[] dOut,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v) {
    int group = shape.heads() / shape.keyValueHeads();
    int sums = shape.keys() * width;
    for (int sequence = 0; sequence < shape.sequences(); sequence++) {
      for (int shared = 0; shared < shape.keyValueHeads(); shared++) {
        int from = sequence * shape.keys() * shape.keyStride() + shared * size;
        packKeys(from, k, v);
        Arrays.fill(panels, scratch.keySums, scratch.keySums + sums, 0f);
        Arrays.fill(panels, scratch.valueSums, scratch.valueSums + sums, 0f);
        for (int head = shared * group; head < (shared + 1) * group; head++) {
          for (int query = 0; query < shape.queries(); query += BLOCK) {
            queryBlock(sequence, head, query, dq, dOut, out, maximum, inverseSum, q);
          }
        }
        unpack(scratch.keySums, shape.keys(), 1f, dk, from, shape.keyStride());
        unpack(scratch.valueSums, shape.keys(), 1f, dv, from, shape.keyStride());
      }
    }
  }

  private void packKeys(int from, float[] k, float[] v) {
    int stride = shape.keyStride();
    int keys = shape.keys();
    Packing.panelsOfColumns(k, from, stride, size, keys, panels, scratch.keyColumns, 1f);
    Packing.panelsOfColumns(v, from, stride, size, keys, panels, scratch.valueColumns, 1f);
    Packing.panelsOfRows(k, from, stride, keys, size, panels, scratch.keyPanels, keys, 1f);
  }

  private void queryBlock(
      int sequence,
      int head,
      int query,
      float[] dq,
      float[] dOut,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q) {
    int stride = shape.queryStride();
    int count = Math.min(BLOCK, shape.queries() - query);
    int row = sequence * shape.queries() + query;
    int from = row * stride + head * size;
    float scale = shape.scale();
    Packing.sliversOfRows(q, from, stride, count, size, panels, scratch.querySlivers, scale);
    Packing.panelsOfRows(q, from, stride, count, size, panels, scratch.queryPanels, BLOCK, scale);
    Packing.sliversOfRows(dOut, from, stride, count, size, panels, scratch.outGradientSlivers, 1f);
    Packing.panelsOfRows(
        dOut, from, stride, count, size, panels, scratch.outGradientPanels, BLOCK, 1f);
    int statistic = (sequence * shape.heads() + head) * shape.queries() + query;
    for (int i = 0; i < count; i++) {
      int at = from + i * stride;
      scratch.mean[i] = VectorRows.dot(dOut, at, out, at, size, scratch.lanes);
      scratch.maximum[i] = maximum[statistic + i];
      scratch.inverse[i] = inverseSum[statistic + i];
    }
    Arrays.fill(panels, scratch.blockSums, scratch.blockSums + BLOCK * width, 0f);
    for (int key = documentStart[row] / BLOCK * BLOCK; key < query + count; key += BLOCK) {
      int keys = Math.min(BLOCK, shape.keys() - key);
      for (int i = 0; i < count; i += ROWS) {
        scoreGradients(row, query, key, keys, i, Math.min(count, i + ROWS));
      }
      addToKeys(query, count, key, keys);
      addToQueries(query, count, key, keys);
    }
    unpack(scratch.blockSums, count, scale, dq, from, stride);
  }

  /** Probabilities and score gradients of one sliver of queries, from {@code i} to {@code end}. */
  private void scoreGradients(int row, int query, int key, int keys, int i, int end) {
    int limit = Math.min(keys, query + end - key);
    for (int j = 0; j < limit; j += PANEL) {
      int place = i * BLOCK_STRIDE + j;
      Tile.packed(
          size,
          panels,
          scratch.querySlivers + i * size,
          panels,
          scratch.keyColumns + (key + j) * size,
          panels,
          scratch.scores + place,
          BLOCK_STRIDE,
          false);
      Tile.packed(
          size,
          panels,
          scratch.outGradientSlivers + i * size,
          panels,
          scratch.valueColumns + (key + j) * size,
          panels,
          scratch.scoreGradients + place,
          BLOCK_STRIDE,
          false);
    }
    int columns = (limit + PANEL - 1) / PANEL * PANEL;
    for (int r = i; r < end; r++) {
      int position = query + r - key;
      int start = documentStart[row + r] - key;
      if (start <= 0 && position >= columns - 1) {
        visibleRow(r, columns);
      } else {
        maskedRow(r, columns, start, position);
      }
      if (columns < keys) {
        // a sliver of keys may begin in the last panel and end behind it
        int behind = r * BLOCK_STRIDE + columns;
        Arrays.fill(panels, scratch.scores + behind, scratch.scores + behind + ROWS, 0f);
        int gradients = scratch.scoreGradients + behind;
        Arrays.fill(panels, gradients, gradients + ROWS, 0f);
      }
    }
  }

  private void visibleRow(int row, int columns) {
    int scores = scratch.scores + row * BLOCK_STRIDE;
    int gradients = scratch.scoreGradients + row * BLOCK_STRIDE;
    float maximum = scratch.maximum[row];
    float inverse = scratch.inverse[row];
    float mean = scratch.mean[row];
    for (int j = 0; j < columns; j += LANES) {
      FloatVector share =
          VectorExponential.ofClamped(
                  FloatVector.fromArray(SPECIES, panels, scores + j).sub(maximum))
              .mul(inverse);
      share.intoArray(panels, scores + j);
      FloatVector.fromArray(SPECIES, panels, gradients + j)
          .sub(mean)
          .mul(share)
          .intoArray(panels, gradients + j);
    }
  }

  /** As {@link #visibleRow}, with 0 for keys before {@code start} or behind {@code position}. */
  private void maskedRow(int row, int columns, int start, int position) {
    int scores = scratch.scores + row * BLOCK_STRIDE;
    int gradients = scratch.scoreGradients + row * BLOCK_STRIDE;
    float maximum = scratch.maximum[row];
    float inverse = scratch.inverse[row];
    float mean = scratch.mean[row];
    for (int j = 0; j < columns; j += LANES) {
      FloatVector key = LANE.add(j);
      VectorMask<Float> hidden =
          key.compare(VectorOperators.LT, (float) start)
              .or(key.compare(VectorOperators.GT, (float) position));
      FloatVector share =
          VectorExponential.ofClamped(
                  FloatVector.fromArray(SPECIES, panels, scores + j)
                      .blend(Float.NEGATIVE_INFINITY, hidden)
                      .sub(maximum))
              .mul(inverse);
      share.intoArray(panels, scores + j);
      FloatVector.fromArray(SPECIES, panels, gradients + j)
          .sub(mean)
          .mul(share)
          .intoArray(panels, gradients + j);
    }
  }

  /** Keys and values take what the queries at or behind them send; earlier ones send zeros. */
  private void addToKeys(int query, int count, int key, int keys) {
    for (int j = 0; j < keys; j += ROWS) {
      int first = Math.max(0, key + j - query);
      if (first >= count) {
        return;
      }
      int block = first * BLOCK_STRIDE + j;
      int sums = (key + j) * width;
      for (int d = 0; d < width; d += PANEL) {
        int panel = d * BLOCK + first * PANEL;
        Tile.columns(
            count - first,
            panels,
            scratch.scores + block,
            panels,
            scratch.outGradientPanels + panel,
            panels,
            scratch.valueSums + sums + d,
            width,
            true);
        Tile.columns(
            count - first,
            panels,
            scratch.scoreGradients + block,
            panels,
            scratch.queryPanels + panel,
            panels,
            scratch.keySums + sums + d,
            width,
            true);
      }
    }
  }

  private void addToQueries(int query, int count, int key, int keys) {
    for (int i = 0; i < count; i += ROWS) {
      int depth = Math.min(keys, query + Math.min(count, i + ROWS) - key);
      for (int d = 0; d < width && depth > 0; d += PANEL) {
        Tile.rows(
            depth,
            panels,
            scratch.scoreGradients + i * BLOCK_STRIDE,
            panels,
            scratch.keyPanels + d * shape.keys() + key * PANEL,
            panels,
            scratch.blockSums + i * width + d,
            width,
            true);
      }
    }
  }

  /** Copies rows of {@code width} from the panels to a head's columns, times {@code scale}. */
  private void unpack(int source, int rows, float scale, float[] target, int from, int stride) {
    for (int i = 0; i < rows; i++) {
      int at = source + i * width;
      int to = from + i * stride;
      int d = 0;
      for (; d <= size - LANES; d += LANES) {
        FloatVector.fromArray(SPECIES, panels, at + d).mul(scale).intoArray(target, to + d);
      }
      for (; d < size; d++) {
        target[to + d] = panels[at + d] * scale;
      }
    }
  }
}
