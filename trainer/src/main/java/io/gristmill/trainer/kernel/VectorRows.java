package io.gristmill.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels over rows and elements. A sum across a row keeps sixteen partial sums at every width, in
 * one, two or four vectors, and folds them as {@link ScalarKernels#fold}.
 */
final class VectorRows {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;

  private VectorRows() {}

  /** Sum of x[i] y[i], element i in lane i mod 16. */
  static float dot(float[] x, int x0, float[] y, int y0, int length, float[] lanes) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= length - 16; i += 16) {
      s0 = at(x, x0 + i).fma(at(y, y0 + i), s0);
      if (LANES <= 8) {
        s1 = at(x, x0 + i + LANES).fma(at(y, y0 + i + LANES), s1);
      }
      if (LANES <= 4) {
        s2 = at(x, x0 + i + 2 * LANES).fma(at(y, y0 + i + 2 * LANES), s2);
        s3 = at(x, x0 + i + 3 * LANES).fma(at(y, y0 + i + 3 * LANES), s3);
      }
    }
    collect(s0, s1, s2, s3, lanes);
    for (; i < length; i++) {
      lanes[i % 16] = Math.fma(x[x0 + i], y[y0 + i], lanes[i % 16]);
    }
    return foldInPlace(lanes);
  }

  private static void collect(
      FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3, float[] lanes) {
    s0.intoArray(lanes, 0);
    if (LANES <= 8) {
      s1.intoArray(lanes, LANES);
    }
    if (LANES <= 4) {
      s2.intoArray(lanes, 2 * LANES);
      s3.intoArray(lanes, 3 * LANES);
    }
  }

  private static float foldInPlace(float[] lanes) {
    for (int half = 8; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(SPECIES, x, i);
  }

  static void rmsNorm(float[] y, float[] scale, float[] x, float[] gain, float eps, int rows) {
    int width = gain.length;
    float[] lanes = new float[16];
    for (int row = 0; row < rows; row++) {
      float sum = dot(x, row * width, x, row * width, width, lanes);
      scale[row] = ScalarKernels.rootScale(sum, width, eps);
      normalize(y, scale[row], x, gain, row * width);
    }
  }

  static void rmsNormAgain(float[] y, float[] scale, float[] x, float[] gain, int rows) {
    for (int row = 0; row < rows; row++) {
      normalize(y, scale[row], x, gain, row * gain.length);
    }
  }

  private static void normalize(float[] y, float scale, float[] x, float[] gain, int start) {
    int i = 0;
    for (; i <= gain.length - LANES; i += LANES) {
      at(gain, i).mul(at(x, start + i).mul(scale)).intoArray(y, start + i);
    }
    for (; i < gain.length; i++) {
      y[start + i] = gain[i] * (x[start + i] * scale);
    }
  }

  static void rmsNormBackward(
      float[] dx, float[] dGain, float[] dy, float[] scale, float[] x, float[] gain, int rows) {
    int width = gain.length;
    float[] lanes = new float[16];
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float mean = meanAndGain(dGain, dy, scale[row], x, gain, start, lanes) / width;
      inputGradient(dx, dy, scale[row], x, gain, start, mean);
    }
  }

  /** Sum of w z over a row; adds dy z to dGain on the way. */
  private static float meanAndGain(
      float[] dGain, float[] dy, float scale, float[] x, float[] gain, int start, float[] lanes) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= gain.length - 16; i += 16) {
      s0 = gainStep(dGain, dy, scale, x, gain, start, i, s0);
      if (LANES <= 8) {
        s1 = gainStep(dGain, dy, scale, x, gain, start, i + LANES, s1);
      }
      if (LANES <= 4) {
        s2 = gainStep(dGain, dy, scale, x, gain, start, i + 2 * LANES, s2);
        s3 = gainStep(dGain, dy, scale, x, gain, start, i + 3 * LANES, s3);
      }
    }
    collect(s0, s1, s2, s3, lanes);
    for (; i < gain.length; i++) {
      float z = x[start + i] * scale;
      float w = dy[start + i] * gain[i];
      lanes[i % 16] = Math.fma(w, z, lanes[i % 16]);
      dGain[i] = Math.fma(dy[start + i], z, dGain[i]);
    }
    return foldInPlace(lanes);
  }

  private static FloatVector gainStep(
      float[] dGain,
      float[] dy,
      float scale,
      float[] x,
      float[] gain,
      int start,
      int i,
      FloatVector sum) {
    FloatVector z = at(x, start + i).mul(scale);
    FloatVector gradient = at(dy, start + i);
    gradient.fma(z, at(dGain, i)).intoArray(dGain, i);
    return gradient.mul(at(gain, i)).fma(z, sum);
  }

  private static void inputGradient(
      float[] dx, float[] dy, float scale, float[] x, float[] gain, int start, float mean) {
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    int i = 0;
    for (; i <= gain.length - LANES; i += LANES) {
      FloatVector z = at(x, start + i).mul(scale);
      FloatVector w = at(dy, start + i).mul(at(gain, i));
      scales.fma(z.neg().fma(means, w), at(dx, start + i)).intoArray(dx, start + i);
    }
    for (; i < gain.length; i++) {
      float z = x[start + i] * scale;
      float w = dy[start + i] * gain[i];
      dx[start + i] = Math.fma(scale, Math.fma(-z, mean, w), dx[start + i]);
    }
  }

  static void rotate(
      float[] x, int rows, int heads, RotaryTables tables, int[] positions, float direction) {
    int pairs = tables.headSize() / 2;
    for (int row = 0; row < rows; row++) {
      int table = positions[row] * pairs;
      for (int head = 0; head < heads; head++) {
        rotate(x, (row * heads + head) * 2 * pairs, tables, table, pairs, direction);
      }
    }
  }

  private static void rotate(
      float[] x, int start, RotaryTables tables, int table, int pairs, float direction) {
    float[] cosines = tables.cosine();
    float[] sines = tables.sine();
    int i = 0;
    for (; i <= pairs - LANES; i += LANES) {
      FloatVector cosine = at(cosines, table + i);
      FloatVector sine = at(sines, table + i).mul(direction);
      FloatVector left = at(x, start + i);
      FloatVector right = at(x, start + pairs + i);
      right.neg().fma(sine, left.mul(cosine)).intoArray(x, start + i);
      left.fma(sine, right.mul(cosine)).intoArray(x, start + pairs + i);
    }
    for (; i < pairs; i++) {
      float cosine = cosines[table + i];
      float sine = direction * sines[table + i];
      float left = x[start + i];
      float right = x[start + pairs + i];
      x[start + i] = Math.fma(-right, sine, left * cosine);
      x[start + pairs + i] = Math.fma(left, sine, right * cosine);
    }
  }

  static void swiGlu(float[] y, float[] gate, float[] up, int length) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector g = at(gate, i);
      g.mul(sigmoid(g)).mul(at(up, i)).intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] = gate[i] * ScalarKernels.sigmoid(gate[i]) * up[i];
    }
  }

  private static FloatVector sigmoid(FloatVector x) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    return one.div(one.add(VectorExponential.exp(x.neg())));
  }

  static void swiGluBackward(float[] gate, float[] up, float[] dy, int length) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector g = at(gate, i);
      FloatVector gradient = at(dy, i);
      FloatVector sigmoid = sigmoid(g);
      FloatVector silu = g.mul(sigmoid);
      FloatVector slope = silu.fma(one.sub(sigmoid), sigmoid);
      gradient.mul(at(up, i)).mul(slope).intoArray(gate, i);
      gradient.mul(silu).intoArray(up, i);
    }
    for (; i < length; i++) {
      ScalarKernels.swiGluBackward(gate, up, dy, i, ScalarKernels.sigmoid(gate[i]));
    }
  }

  static void add(float[] y, int y0, float[] x, int x0, int length) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      at(y, y0 + i).add(at(x, x0 + i)).intoArray(y, y0 + i);
    }
    for (; i < length; i++) {
      y[y0 + i] += x[x0 + i];
    }
  }

  static void scale(float[] y, float[] x, float factor, int length) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      at(x, i).mul(factor).intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] = x[i] * factor;
    }
  }

  static void addScaled(float[] y, float[] x, float[] branch, float factor, int length) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      at(branch, i).fma(factors, at(x, i)).intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] = Math.fma(branch[i], factor, x[i]);
    }
  }

  static void adamW(
      AdamWStep step,
      float[] parameters,
      int p0,
      float[] gradients,
      int g0,
      float[] first,
      float[] second,
      int m0,
      int length) {
    FloatVector complement1 = FloatVector.broadcast(SPECIES, 1f - step.beta1());
    float complement2 = 1f - step.beta2();
    FloatVector beta2 = FloatVector.broadcast(SPECIES, step.beta2());
    FloatVector rootScale = FloatVector.broadcast(SPECIES, step.rootScale());
    FloatVector epsilon = FloatVector.broadcast(SPECIES, step.epsilon());
    FloatVector descent = FloatVector.broadcast(SPECIES, -step.stepSize());
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector gradient = at(gradients, g0 + i).mul(step.gradientScale());
      FloatVector old = at(first, m0 + i);
      FloatVector m = complement1.fma(gradient.sub(old), old);
      FloatVector v = beta2.fma(at(second, m0 + i), gradient.mul(gradient).mul(complement2));
      m.intoArray(first, m0 + i);
      v.intoArray(second, m0 + i);
      FloatVector root = v.lanewise(VectorOperators.SQRT).fma(rootScale, epsilon);
      descent
          .fma(m.div(root), at(parameters, p0 + i).mul(step.decay()))
          .intoArray(parameters, p0 + i);
    }
    for (; i < length; i++) {
      ScalarKernels.adamWElement(
          step, parameters, p0 + i, gradients, g0 + i, first, second, m0 + i);
    }
  }
}
