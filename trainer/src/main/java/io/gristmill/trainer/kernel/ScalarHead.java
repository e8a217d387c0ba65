package io.gristmill.trainer.kernel;

import java.util.Arrays;

/** The cross-entropy head, by blocks of tokens and of vocabulary rows: the definition. */
final class ScalarHead {
  private static final int BLOCK = Kernels.HEAD_BLOCK;

  private final Matrix hidden;
  private final Matrix table;
  private final int[] targets;
  private final ScalarKernels kernels;

  ScalarHead(Matrix hidden, Matrix table, int[] targets, ScalarKernels kernels) {
    this.hidden = hidden;
    this.table = table;
    this.targets = targets;
    this.kernels = kernels;
  }

  void losses(float[] losses) {
    for (int from = 0; from < hidden.rows(); from += BLOCK) {
      new Tokens(from).losses(losses);
    }
  }

  void lossesAndGradient(
      float[] losses, Matrix dHidden, Matrix dTable, float gradientScale, float zLoss) {
    for (int from = 0; from < hidden.rows(); from += BLOCK) {
      var tokens = new Tokens(from);
      tokens.losses(losses);
      tokens.gradient(dHidden, dTable, gradientScale, zLoss);
    }
  }

  /** -ln of the target's share: the row's log-sum-exp minus its logit. */
  static float loss(float maximum, float sum, float logit) {
    return (float) (StrictMath.log(sum) + ((double) maximum - logit));
  }

  /**
   * What exp(logit - maximum) of a row is multiplied by: the softmax p has the gradient p, and
   * zLoss (ln Z)^2 adds 2 zLoss ln Z p.
   */
  static float share(float weight, float zLoss, float maximum, float sum) {
    if (zLoss == 0) {
      return weight / sum;
    }
    float logZ = (float) (StrictMath.log(sum) + maximum);
    return weight * Math.fma(2 * zLoss, logZ, 1f) / sum;
  }

  /** A block of tokens with its logits, float[V, tokens]. */
  private final class Tokens {
    private final int from;
    private final int count;
    private final float[] logits;
    private final float[] maximum;
    private final float[] sum;

    Tokens(int from) {
      this.from = from;
      this.count = Math.min(BLOCK, hidden.rows() - from);
      this.logits = new float[table.rows() * count];
      this.maximum = new float[count];
      this.sum = new float[count];
      kernels.gemm(
          Form.NT,
          table,
          hidden.rows(from, count),
          Matrix.of(logits, table.rows(), count),
          Scratch.forProducts());
      softmaxStatistics();
    }

    private void softmaxStatistics() {
      Arrays.fill(maximum, ScalarAttention.LOWEST_SCORE);
      for (int row = 0; row < table.rows(); row += BLOCK) {
        int end = Math.min(table.rows(), row + BLOCK);
        for (int token = 0; token < count; token++) {
          float top = maximum[token];
          for (int i = row; i < end; i++) {
            float logit = logits[i * count + token];
            top = logit > top ? logit : top;
          }
          float blockSum = 0;
          for (int i = row; i < end; i++) {
            blockSum += Exponential.exp(logits[i * count + token] - top);
          }
          float correction = Exponential.exp(maximum[token] - top);
          sum[token] = Math.fma(sum[token], correction, blockSum);
          maximum[token] = top;
        }
      }
    }

    void losses(float[] losses) {
      for (int token = 0; token < count; token++) {
        int target = targets[from + token];
        losses[from + token] =
            target < 0 ? 0 : loss(maximum[token], sum[token], logits[target * count + token]);
      }
    }

    void gradient(Matrix dHidden, Matrix dTable, float gradientScale, float zLoss) {
      for (int token = 0; token < count; token++) {
        int target = targets[from + token];
        float weight = target < 0 ? 0 : gradientScale;
        float share = share(weight, zLoss, maximum[token], sum[token]);
        for (int i = 0; i < table.rows(); i++) {
          int at = i * count + token;
          logits[at] = Exponential.exp(logits[at] - maximum[token]) * share;
        }
        if (target >= 0) {
          logits[target * count + token] -= weight;
        }
      }
      var scratch = Scratch.forProducts();
      var gradient = Matrix.of(logits, table.rows(), count);
      kernels.gemmAdd(Form.NN, gradient, hidden.rows(from, count), dTable, scratch);
      kernels.gemm(Form.TN, gradient, table, dHidden.rows(from, count), scratch);
    }
  }
}
