package io.gristmill.trainer.kernel;

import java.util.Arrays;

/** The formulas as loops: the definition of correct, and what a machine without vectors runs. */
public final class ScalarKernels implements Kernels {
  private static final int LANES = 16;

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public void gemm(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch) {
    form.check(a, b, c);
    for (int row = 0; row < c.rows(); row++) {
      int start = c.offset() + row * c.stride();
      Arrays.fill(c.data(), start, start + c.columns(), 0f);
    }
    gemmAdd(form, a, b, c, scratch);
  }

  @Override
  public void gemmAdd(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch) {
    form.check(a, b, c);
    int depth = form.depth(a);
    for (int block = 0; block < depth; block += DEPTH_BLOCK) {
      int end = Math.min(depth, block + DEPTH_BLOCK);
      for (int row = 0; row < c.rows(); row++) {
        for (int column = 0; column < c.columns(); column++) {
          float chain = 0;
          for (int k = block; k < end; k++) {
            float left =
                form == Form.TN
                    ? a.data()[a.offset() + k * a.stride() + row]
                    : a.data()[a.offset() + row * a.stride() + k];
            float right =
                form == Form.NT
                    ? b.data()[b.offset() + column * b.stride() + k]
                    : b.data()[b.offset() + k * b.stride() + column];
            chain = Math.fma(left, right, chain);
          }
          c.data()[c.offset() + row * c.stride() + column] += chain;
        }
      }
    }
  }

  @Override
  public void rmsNorm(float[] y, float[] scale, float[] x, float[] gain, float eps, int rows) {
    int width = gain.length;
    float[] lanes = new float[LANES];
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      Arrays.fill(lanes, 0f);
      for (int i = 0; i < width; i++) {
        lanes[i % LANES] = Math.fma(x[start + i], x[start + i], lanes[i % LANES]);
      }
      scale[row] = rootScale(fold(lanes), width, eps);
    }
    rmsNormAgain(y, scale, x, gain, rows);
  }

  /** 1 / sqrt(sum / width + eps). */
  static float rootScale(float sum, int width, float eps) {
    return 1f / (float) Math.sqrt(sum / width + eps);
  }

  @Override
  public void rmsNormAgain(float[] y, float[] scale, float[] x, float[] gain, int rows) {
    int width = gain.length;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        y[row * width + i] = gain[i] * (x[row * width + i] * scale[row]);
      }
    }
  }

  @Override
  public void rmsNormBackward(
      float[] dx, float[] dGain, float[] dy, float[] scale, float[] x, float[] gain, int rows) {
    int width = gain.length;
    float[] lanes = new float[LANES];
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      Arrays.fill(lanes, 0f);
      for (int i = 0; i < width; i++) {
        float z = x[start + i] * scale[row];
        float w = dy[start + i] * gain[i];
        lanes[i % LANES] = Math.fma(w, z, lanes[i % LANES]);
        dGain[i] = Math.fma(dy[start + i], z, dGain[i]);
      }
      float mean = fold(lanes) / width;
      for (int i = 0; i < width; i++) {
        float z = x[start + i] * scale[row];
        float w = dy[start + i] * gain[i];
        dx[start + i] = Math.fma(scale[row], Math.fma(-z, mean, w), dx[start + i]);
      }
    }
  }

  /** Lanes folded 8-4-2-1. */
  static float fold(float[] lanes) {
    float[] sums = lanes.clone();
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    return sums[0];
  }

  @Override
  public void rope(float[] x, int rows, int heads, RotaryTables tables, int[] positions) {
    rotate(x, rows, heads, tables, positions, 1f);
  }

  @Override
  public void ropeBackward(float[] dx, int rows, int heads, RotaryTables tables, int[] positions) {
    rotate(dx, rows, heads, tables, positions, -1f);
  }

  private static void rotate(
      float[] x, int rows, int heads, RotaryTables tables, int[] positions, float direction) {
    int pairs = tables.headSize() / 2;
    for (int row = 0; row < rows; row++) {
      int table = positions[row] * pairs;
      for (int head = 0; head < heads; head++) {
        int start = (row * heads + head) * 2 * pairs;
        for (int i = 0; i < pairs; i++) {
          float cosine = tables.cosine()[table + i];
          float sine = direction * tables.sine()[table + i];
          float left = x[start + i];
          float right = x[start + pairs + i];
          x[start + i] = Math.fma(-right, sine, left * cosine);
          x[start + pairs + i] = Math.fma(left, sine, right * cosine);
        }
      }
    }
  }

  @Override
  public void swiGlu(float[] y, float[] gate, float[] up, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = gate[i] * sigmoid(gate[i]) * up[i];
    }
  }

  @Override
  public void swiGluBackward(float[] gate, float[] up, float[] dy, int length) {
    for (int i = 0; i < length; i++) {
      swiGluBackward(gate, up, dy, i, sigmoid(gate[i]));
    }
  }

  /** d silu / d gate = sigmoid (1 + gate (1 - sigmoid)) = sigmoid + silu (1 - sigmoid). */
  static void swiGluBackward(float[] gate, float[] up, float[] dy, int i, float sigmoid) {
    float silu = gate[i] * sigmoid;
    float slope = Math.fma(silu, 1f - sigmoid, sigmoid);
    gate[i] = dy[i] * up[i] * slope;
    up[i] = dy[i] * silu;
  }

  static float sigmoid(float x) {
    return 1f / (1f + Exponential.exp(-x));
  }

  @Override
  public void gather(float[] y, float[] table, int[] tokens, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(table, tokens[row] * width, y, row * width, width);
    }
  }

  @Override
  public void scatterAdd(float[] dTable, float[] dy, int[] tokens, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      int start = tokens[row] * width;
      for (int i = 0; i < width; i++) {
        dTable[start + i] += dy[row * width + i];
      }
    }
  }

  @Override
  public void attention(
      AttentionShape shape,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v,
      int[] documentStart,
      Scratch scratch) {
    new ScalarAttention(shape, q, k, v, documentStart).forward(out, maximum, inverseSum);
  }

  @Override
  public void attentionBackward(
      AttentionShape shape,
      float[] dq,
      float[] dk,
      float[] dv,
      float[] dOut,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v,
      int[] documentStart,
      Scratch scratch) {
    new ScalarAttention(shape, q, k, v, documentStart)
        .backward(dq, dk, dv, dOut, out, maximum, inverseSum);
  }

  @Override
  public void crossEntropy(
      float[] losses, Matrix hidden, Matrix table, int[] targets, Scratch scratch) {
    new ScalarHead(hidden, table, targets, this).losses(losses);
  }

  @Override
  public void crossEntropyAndGradient(
      float[] losses,
      Matrix dHidden,
      Matrix dTable,
      Matrix hidden,
      Matrix table,
      int[] targets,
      float gradientScale,
      float zLoss,
      Scratch scratch) {
    new ScalarHead(hidden, table, targets, this)
        .lossesAndGradient(losses, dHidden, dTable, gradientScale, zLoss);
  }

  @Override
  public void add(float[] y, float[] x, int length) {
    for (int i = 0; i < length; i++) {
      y[i] += x[i];
    }
  }

  @Override
  public void scale(float[] y, float[] x, float factor, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = x[i] * factor;
    }
  }

  @Override
  public void addScaled(float[] y, float[] x, float[] branch, float factor, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.fma(branch[i], factor, x[i]);
    }
  }

  @Override
  public void dropout(float[] y, float[] x, DropoutMask mask, float factor, int length) {
    float multiplier = factor * mask.scale();
    for (int i = 0; i < length; i++) {
      y[i] = mask.keeps(i) ? x[i] * multiplier : 0f;
    }
  }

  @Override
  public void adamW(
      AdamWStep step,
      float[] parameters,
      int parameterOffset,
      float[] gradients,
      int gradientOffset,
      float[] first,
      float[] second,
      int momentOffset,
      int length) {
    for (int i = 0; i < length; i++) {
      adamWElement(
          step,
          parameters,
          parameterOffset + i,
          gradients,
          gradientOffset + i,
          first,
          second,
          momentOffset + i);
    }
  }

  static void adamWElement(
      AdamWStep step,
      float[] parameters,
      int p,
      float[] gradients,
      int g,
      float[] first,
      float[] second,
      int m) {
    float gradient = gradients[g] * step.gradientScale();
    first[m] = Math.fma(1f - step.beta1(), gradient - first[m], first[m]);
    second[m] = Math.fma(step.beta2(), second[m], gradient * gradient * (1f - step.beta2()));
    float root = Math.fma((float) Math.sqrt(second[m]), step.rootScale(), step.epsilon());
    parameters[p] = Math.fma(-step.stepSize(), first[m] / root, parameters[p] * step.decay());
  }

  @Override
  public double sumOfSquares(float[] x, int offset, int length) {
    return squares(x, offset, length);
  }

  static double squares(float[] x, int offset, int length) {
    double[] lanes = new double[LANES];
    for (int i = 0; i < length; i++) {
      double value = x[offset + i];
      lanes[i % LANES] = Math.fma(value, value, lanes[i % LANES]);
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
