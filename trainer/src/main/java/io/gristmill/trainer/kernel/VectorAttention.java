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
 * {@link ScalarAttention} forward by tiles. Scores stand transposed, keys by queries, so that the
 * softmax runs down the lanes and needs no sums across them.
 */
final class VectorAttention {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int BLOCK = Kernels.ATTENTION_BLOCK;

  private final AttentionShape shape;
  private final int[] documentStart;
  private final Scratch scratch;
  private final float[] panels;

  /** Row length of the running output: the head size in whole panels. */
  private final int width;

  VectorAttention(AttentionShape shape, int[] documentStart, Scratch scratch) {
    this.shape = shape;
    this.documentStart = documentStart;
    this.scratch = scratch;
    this.panels = scratch.panels;
    this.width = Packing.panelElements(shape.headSize(), 1);
  }

  void forward(float[] out, float[] maximum, float[] inverseSum, float[] q, float[] k, float[] v) {
    int group = shape.heads() / shape.keyValueHeads();
    for (int sequence = 0; sequence < shape.sequences(); sequence++) {
      for (int head = 0; head < shape.heads(); head++) {
        if (head % group == 0) {
          packKeys(sequence, head / group, k, v);
        }
        for (int query = 0; query < shape.queries(); query += BLOCK) {
          queryBlock(sequence, head, query, q, out, maximum, inverseSum);
        }
      }
    }
  }

  private void packKeys(int sequence, int head, float[] k, float[] v) {
    int size = shape.headSize();
    int stride = shape.keyStride();
    int from = sequence * shape.keys() * stride + head * size;
    int keys = shape.keys();
    Packing.sliversOfRows(k, from, stride, keys, size, panels, scratch.keySlivers, 1f);
    Packing.panelsOfRows(v, from, stride, keys, size, panels, scratch.valuePanels, keys, 1f);
  }

  private void queryBlock(
      int sequence,
      int head,
      int query,
      float[] q,
      float[] out,
      float[] maximum,
      float[] inverseSum) {
    int size = shape.headSize();
    int count = Math.min(BLOCK, shape.queries() - query);
    int first = shape.firstQuery() + query;
    int last = first + count - 1;
    int row = sequence * shape.queries() + query;
    int from = row * shape.queryStride() + head * size;
    Packing.panelsOfColumns(
        q, from, shape.queryStride(), size, count, panels, scratch.queryColumns, shape.scale());
    positions(row, first, count);
    Arrays.fill(scratch.maximum, 0, BLOCK, ScalarAttention.LOWEST_SCORE);
    Arrays.fill(scratch.sum, 0, BLOCK, 0f);
    Arrays.fill(panels, scratch.blockSums, scratch.blockSums + BLOCK * width, 0f);

    for (int key = documentStart[row] / BLOCK * BLOCK; key <= last; key += BLOCK) {
      int keys = Math.min(BLOCK, shape.keys() - key);
      boolean rescale = false;
      for (int panel = 0; panel < count; panel += PANEL) {
        rescale |= scores(key, keys, first, panel, Math.min(count, panel + PANEL) - 1, row);
      }
      if (rescale) {
        rescale(count);
      }
      addValues(key, keys, first, count);
    }
    finish(sequence, head, query, count, from, out, maximum, inverseSum);
  }

  /** Position and document start of each query, as floats to compare with; padded by the last. */
  private void positions(int row, int first, int count) {
    for (int i = 0; i < BLOCK; i++) {
      int query = Math.min(i, count - 1);
      scratch.position[i] = first + query;
      scratch.start[i] = documentStart[row + query];
    }
  }

  /**
   * Replaces the scores of one panel of queries by exp(score - maximum) and moves its statistics
   * on.
   *
   * @return whether a maximum grew, so that earlier sums must shrink
   */
  private boolean scores(int key, int keys, int first, int panel, int lastQuery, int row) {
    int size = shape.headSize();
    int limit = Math.min(keys, first + lastQuery - key + 1);
    if (limit <= 0) {
      zeroRows(panel, 0, keys);
      Arrays.fill(scratch.correction, panel, panel + PANEL, 1f);
      return false;
    }
    for (int i = 0; i < limit; i += ROWS) {
      Tile.packed(
          size,
          panels,
          scratch.keySlivers + (key + i) * size,
          panels,
          scratch.queryColumns + panel * size,
          panels,
          scratch.scores + i * BLOCK_STRIDE + panel,
          BLOCK_STRIDE,
          false);
    }
    if (key + limit - 1 > first + panel || documentStart[row + lastQuery] > key) {
      mask(key, limit, panel);
    }
    zeroRows(panel, limit, keys);
    boolean grew = false;
    for (int column = panel; column < panel + PANEL; column += LANES) {
      grew |= softmax(scratch.scores + column, limit, column);
    }
    return grew;
  }

  private void zeroRows(int panel, int from, int to) {
    for (int i = from; i < to; i++) {
      int at = scratch.scores + i * BLOCK_STRIDE + panel;
      Arrays.fill(panels, at, at + PANEL, 0f);
    }
  }

  /** Minus infinity where the key is behind the query or before its document. */
  private void mask(int key, int limit, int panel) {
    for (int column = panel; column < panel + PANEL; column += LANES) {
      FloatVector position = FloatVector.fromArray(SPECIES, scratch.position, column);
      FloatVector start = FloatVector.fromArray(SPECIES, scratch.start, column);
      for (int i = 0; i < limit; i++) {
        float at = key + i;
        VectorMask<Float> hidden =
            position.compare(VectorOperators.LT, at).or(start.compare(VectorOperators.GT, at));
        int place = scratch.scores + i * BLOCK_STRIDE + column;
        FloatVector.fromArray(SPECIES, panels, place)
            .blend(Float.NEGATIVE_INFINITY, hidden)
            .intoArray(panels, place);
      }
    }
  }

  private boolean softmax(int scores, int limit, int column) {
    FloatVector old = FloatVector.fromArray(SPECIES, scratch.maximum, column);
    FloatVector top = old;
    for (int i = 0; i < limit; i++) {
      FloatVector score = FloatVector.fromArray(SPECIES, panels, scores + i * BLOCK_STRIDE);
      top = top.blend(score, score.compare(VectorOperators.GT, top));
    }
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < limit; i++) {
      int at = scores + i * BLOCK_STRIDE;
      FloatVector share =
          VectorExponential.ofClamped(FloatVector.fromArray(SPECIES, panels, at).sub(top));
      share.intoArray(panels, at);
      sum = sum.add(share);
    }
    FloatVector correction = VectorExponential.ofClamped(old.sub(top));
    FloatVector.fromArray(SPECIES, scratch.sum, column)
        .fma(correction, sum)
        .intoArray(scratch.sum, column);
    top.intoArray(scratch.maximum, column);
    correction.intoArray(scratch.correction, column);
    return correction.compare(VectorOperators.NE, 1f).anyTrue();
  }

  private void rescale(int count) {
    for (int i = 0; i < count; i++) {
      int from = scratch.blockSums + i * width;
      for (int d = 0; d < width; d += LANES) {
        FloatVector.fromArray(SPECIES, panels, from + d)
            .mul(scratch.correction[i])
            .intoArray(panels, from + d);
      }
    }
  }

  private void addValues(int key, int keys, int first, int count) {
    for (int i = 0; i < count; i += ROWS) {
      int depth = Math.min(keys, first + Math.min(count, i + ROWS) - key);
      for (int d = 0; d < width && depth > 0; d += PANEL) {
        Tile.columns(
            depth,
            panels,
            scratch.scores + i,
            panels,
            scratch.valuePanels + d * shape.keys() + key * PANEL,
            panels,
            scratch.blockSums + i * width + d,
            width,
            true);
      }
    }
  }

  private void finish(
      int sequence,
      int head,
      int query,
      int count,
      int from,
      float[] out,
      float[] maximum,
      float[] inverseSum) {
    int size = shape.headSize();
    int statistic = (sequence * shape.heads() + head) * shape.queries() + query;
    for (int i = 0; i < count; i++) {
      float inverse = 1f / scratch.sum[i];
      maximum[statistic + i] = scratch.maximum[i];
      inverseSum[statistic + i] = inverse;
      int source = scratch.blockSums + i * width;
      int target = from + i * shape.queryStride();
      int d = 0;
      for (; d <= size - LANES; d += LANES) {
        FloatVector.fromArray(SPECIES, panels, source + d).mul(inverse).intoArray(out, target + d);
      }
      for (; d < size; d++) {
        out[target + d] = panels[source + d] * inverse;
      }
    }
  }
}
