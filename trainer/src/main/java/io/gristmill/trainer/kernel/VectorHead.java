package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;

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
  private final float[] logits;
  private final HeadProducts products;

  VectorHead(Matrix hidden, Matrix table, int[] targets, Scratch scratch, HeadProducts products) {
    this.hidden = hidden;
    this.table = table;
    this.targets = targets;
    this.scratch = scratch;
    this.logits = scratch.logits;
    this.products = products;
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
    products.forward(from, count);
    Arrays.fill(scratch.maximum, ScalarAttention.LOWEST_SCORE);
    Arrays.fill(scratch.sum, 0f);
    for (int row = 0; row < table.rows(); row += BLOCK) {
      int rows = Math.min(BLOCK, table.rows() - row);
      products.logits(row, rows, count);
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
    products.backward(from, count);
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
      products.addToTable(row, rows, count, dTable);
      products.addToHidden(row, rows, from, count, dHidden);
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
}
