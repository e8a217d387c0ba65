package io.gristmill.trainer.kernel;

import java.util.Arrays;

/** Attention query by query, over blocks of keys: the definition. */
final class ScalarAttention {
  private static final int BLOCK = Kernels.ATTENTION_BLOCK;

  /** The running maximum starts here: finite, so that exp(start - maximum) is 0 and never NaN. */
  static final float LOWEST_SCORE = -1e30f;

  private final AttentionShape shape;
  private final float[] q;
  private final float[] k;
  private final float[] v;
  private final int[] documentStart;

  ScalarAttention(AttentionShape shape, float[] q, float[] k, float[] v, int[] documentStart) {
    this.shape = shape;
    this.q = q;
    this.k = k;
    this.v = v;
    this.documentStart = documentStart;
  }

  void forward(float[] out, float[] maximum, float[] inverseSum) {
    float[] scores = new float[BLOCK];
    for (int sequence = 0; sequence < shape.sequences(); sequence++) {
      for (int head = 0; head < shape.heads(); head++) {
        for (int query = 0; query < shape.queries(); query++) {
          forward(sequence, head, query, scores, out, maximum, inverseSum);
        }
      }
    }
  }

  private void forward(
      int sequence,
      int head,
      int query,
      float[] scores,
      float[] out,
      float[] maximum,
      float[] inverseSum) {
    int size = shape.headSize();
    int target = queryOffset(sequence, head, query);
    float best = LOWEST_SCORE;
    float sum = 0;
    Arrays.fill(out, target, target + size, 0f);
    for (int block = 0; block <= position(query); block += BLOCK) {
      int count = Math.min(BLOCK, shape.keys() - block);
      float top = best;
      for (int j = 0; j < count; j++) {
        scores[j] = score(sequence, head, query, block + j);
        top = scores[j] > top ? scores[j] : top;
      }
      float correction = Exponential.exp(best - top);
      float blockSum = 0;
      for (int j = 0; j < count; j++) {
        scores[j] = Exponential.exp(scores[j] - top);
        blockSum += scores[j];
      }
      best = top;
      sum = Math.fma(sum, correction, blockSum);
      for (int d = 0; d < size; d++) {
        float chain = 0;
        for (int j = 0; j < count; j++) {
          chain = Math.fma(scores[j], v[keyOffset(sequence, head, block + j) + d], chain);
        }
        out[target + d] = out[target + d] * correction + chain;
      }
    }
    int statistic = statistic(sequence, head, query);
    maximum[statistic] = best;
    inverseSum[statistic] = 1f / sum;
    for (int d = 0; d < size; d++) {
      out[target + d] *= inverseSum[statistic];
    }
  }

  void backward(
      float[] dq,
      float[] dk,
      float[] dv,
      float[] dOut,
      float[] out,
      float[] maximum,
      float[] inverseSum) {
    int size = shape.headSize();
    float scale = shape.scale();
    float[] lanes = new float[16];
    float[] p = new float[BLOCK * BLOCK];
    float[] ds = new float[BLOCK * BLOCK];
    Arrays.fill(dq, 0, shape.queryElements(), 0f);
    Arrays.fill(dk, 0, shape.keyElements(), 0f);
    Arrays.fill(dv, 0, shape.keyElements(), 0f);
    for (int sequence = 0; sequence < shape.sequences(); sequence++) {
      for (int head = 0; head < shape.heads(); head++) {
        for (int rows = 0; rows < shape.queries(); rows += BLOCK) {
          int queries = Math.min(BLOCK, shape.queries() - rows);
          for (int block = 0; block < rows + queries; block += BLOCK) {
            int keys = Math.min(BLOCK, shape.keys() - block);
            for (int i = 0; i < queries; i++) {
              int at = queryOffset(sequence, head, rows + i);
              int statistic = statistic(sequence, head, rows + i);
              Arrays.fill(lanes, 0f);
              for (int d = 0; d < size; d++) {
                lanes[d % 16] = Math.fma(dOut[at + d], out[at + d], lanes[d % 16]);
              }
              float mean = ScalarKernels.fold(lanes);
              for (int j = 0; j < keys; j++) {
                float score = score(sequence, head, rows + i, block + j);
                float probability =
                    Exponential.exp(score - maximum[statistic]) * inverseSum[statistic];
                float chain = 0;
                for (int d = 0; d < size; d++) {
                  chain =
                      Math.fma(v[keyOffset(sequence, head, block + j) + d], dOut[at + d], chain);
                }
                p[j * BLOCK + i] = probability;
                ds[j * BLOCK + i] = probability * (chain - mean);
              }
            }
            for (int j = 0; j < keys; j++) {
              int key = keyOffset(sequence, head, block + j);
              for (int d = 0; d < size; d++) {
                float chainV = 0;
                float chainK = 0;
                for (int i = 0; i < queries; i++) {
                  int at = queryOffset(sequence, head, rows + i) + d;
                  chainV = Math.fma(p[j * BLOCK + i], dOut[at], chainV);
                  chainK = Math.fma(ds[j * BLOCK + i], q[at] * scale, chainK);
                }
                dv[key + d] += chainV;
                dk[key + d] += chainK;
              }
            }
            for (int i = 0; i < queries; i++) {
              int at = queryOffset(sequence, head, rows + i);
              for (int d = 0; d < size; d++) {
                float chain = 0;
                for (int j = 0; j < keys; j++) {
                  float key = k[keyOffset(sequence, head, block + j) + d];
                  chain = Math.fma(ds[j * BLOCK + i], key, chain);
                }
                dq[at + d] += chain;
              }
            }
          }
        }
      }
    }
    for (int i = 0; i < shape.queryElements(); i++) {
      dq[i] *= scale;
    }
  }

  /** The scaled score, or minus infinity where the mask hides the key. */
  private float score(int sequence, int head, int query, int key) {
    int position = position(query);
    if (key > position || key < documentStart[sequence * shape.queries() + query]) {
      return Float.NEGATIVE_INFINITY;
    }
    int at = queryOffset(sequence, head, query);
    float chain = 0;
    for (int d = 0; d < shape.headSize(); d++) {
      float scaled = q[at + d] * shape.scale();
      chain = Math.fma(k[keyOffset(sequence, head, key) + d], scaled, chain);
    }
    return chain;
  }

  private int position(int query) {
    return shape.firstQuery() + query;
  }

  private int queryOffset(int sequence, int head, int query) {
    return ((sequence * shape.queries() + query) * shape.heads() + head) * shape.headSize();
  }

  private int keyOffset(int sequence, int head, int key) {
    int group = head / (shape.heads() / shape.keyValueHeads());
    return ((sequence * shape.keys() + key) * shape.keyValueHeads() + group) * shape.headSize();
  }

  private int statistic(int sequence, int head, int query) {
    return (sequence * shape.heads() + head) * shape.queries() + query;
  }
}
