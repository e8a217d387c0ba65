package io.gristmill.trainer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vector kernels give the bits of their scalar twins, at the width that this machine prefers and,
 * through the property {@code gristmill.vector-bits} that the build sets in turn, at the others.
 */
class VectorTwinTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels();
  private final SplittableRandom random = new SplittableRandom(SEED);

  private static void assertSame(float[] actual, float[] expected, String what) {
    assertThat(actual)
        .as("%s, %s, seed %d", what, new VectorKernels().description(), SEED)
        .containsExactly(expected);
  }

  private float[] normal(int length) {
    return Arrays32.normal(random, length);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void products(Form form) {
    int[][] shapes = {
      {1, 1, 1},
      {5, 7, 3},
      {12, 32, 16},
      {13, 33, 17},
      {24, 64, 384},
      {25, 31, 385},
      {193, 130, 769}
    };
    Scratch scratch = Scratch.forProducts();
    for (int[] shape : shapes) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      int gap = 3;
      Matrix a = form == Form.TN ? matrix(k, m, gap) : matrix(m, k, gap);
      Matrix b = form == Form.NT ? matrix(n, k, gap) : matrix(k, n, gap);
      Matrix c = matrix(m, n, gap);
      Matrix d = new Matrix(c.data().clone(), c.offset(), m, n, c.stride());
      scalar.gemm(form, a, b, c, scratch);
      vector.gemm(form, a, b, d, scratch);
      assertSame(d.data(), c.data(), form + " " + m + "x" + n + "x" + k);
      scalar.gemmAdd(form, a, b, c, scratch);
      vector.gemmAdd(form, a, b, d, scratch);
      assertSame(d.data(), c.data(), form + " added " + m + "x" + n + "x" + k);
    }
  }

  private Matrix matrix(int rows, int columns, int gap) {
    int stride = columns + gap;
    return new Matrix(normal(5 + rows * stride), 5, rows, columns, stride);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 31, 32, 33, 64, 1000})
  void rmsNorm(int width) {
    int rows = 3;
    float[] x = normal(rows * width);
    float[] gain = normal(width);
    float[][] expected = norm(scalar, x, gain, rows);
    float[][] actual = norm(vector, x, gain, rows);
    for (int i = 0; i < expected.length; i++) {
      assertSame(actual[i], expected[i], "rmsNorm " + width + " output " + i);
    }
  }

  private static float[][] norm(Kernels kernels, float[] x, float[] gain, int rows) {
    float[] y = new float[x.length];
    float[] again = new float[x.length];
    float[] scale = new float[rows];
    float[] dx = x.clone();
    float[] dGain = gain.clone();
    kernels.rmsNorm(y, scale, x, gain, 1e-5f, rows);
    kernels.rmsNormAgain(again, scale, x, gain, rows);
    kernels.rmsNormBackward(dx, dGain, y, scale, x, gain, rows);
    return new float[][] {y, again, scale, dx, dGain};
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 16, 32, 34, 64, 128})
  void rope(int headSize) {
    int rows = 5;
    int heads = 3;
    var tables = RotaryTables.of(40, headSize, 10_000);
    int[] positions = {0, 1, 7, 39, 2};
    float[] expected = normal(rows * heads * headSize);
    float[] actual = expected.clone();
    scalar.rope(expected, rows, heads, tables, positions);
    vector.rope(actual, rows, heads, tables, positions);
    assertSame(actual, expected, "rope " + headSize);
    scalar.ropeBackward(expected, rows, heads, tables, positions);
    vector.ropeBackward(actual, rows, heads, tables, positions);
    assertSame(actual, expected, "rope backward " + headSize);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 1000})
  void elements(int length) {
    float[] gate = normal(length);
    for (int i = 0; i < length; i += 3) {
      gate[i] *= 60; // exp at both of its ends
    }
    float[] up = normal(length);
    float[] dy = normal(length);
    float[] expected = new float[length];
    float[] actual = new float[length];
    scalar.swiGlu(expected, gate, up, length);
    vector.swiGlu(actual, gate, up, length);
    assertSame(actual, expected, "swiGlu " + length);
    scalar.add(expected, up, length);
    vector.add(actual, up, length);
    assertSame(actual, expected, "add " + length);
    scalar.scale(expected, up, 0.3f, length);
    vector.scale(actual, up, 0.3f, length);
    assertSame(actual, expected, "scale " + length);
    scalar.addScaled(expected, up, gate, 0.3f, length);
    vector.addScaled(actual, up, gate, 0.3f, length);
    assertSame(actual, expected, "addScaled " + length);
    float[] gate2 = gate.clone();
    float[] up2 = up.clone();
    scalar.swiGluBackward(gate, up, dy, length);
    vector.swiGluBackward(gate2, up2, dy, length);
    assertSame(gate2, gate, "swiGluBackward gate " + length);
    assertSame(up2, up, "swiGluBackward up " + length);
    assertThat(vector.sumOfSquares(gate, 0, length))
        .isEqualTo(scalar.sumOfSquares(gate, 0, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 17, 33, 1000})
  void dropout(int length) {
    float[] x = normal(length);
    float[] expected = new float[length];
    float[] actual = new float[length];
    for (double rate : new double[] {0.1, 0.5, 0.99}) {
      var mask = DropoutMask.of(rate, random.nextLong(), Integer.MAX_VALUE - 5); // numbers wrap
      scalar.dropout(expected, x, mask, 0.3f, length);
      vector.dropout(actual, x, mask, 0.3f, length);
      assertSame(actual, expected, "dropout " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 21})
  void embeddings(int width) {
    int[] tokens = {3, 0, 3, 4};
    float[] table = normal(5 * width);
    float[] dy = normal(4 * width);
    float[] expected = new float[4 * width];
    float[] actual = new float[4 * width];
    scalar.gather(expected, table, tokens, 4, width);
    vector.gather(actual, table, tokens, 4, width);
    assertSame(actual, expected, "gather " + width);
    float[] table2 = table.clone();
    scalar.scatterAdd(table, dy, tokens, 4, width);
    vector.scatterAdd(table2, dy, tokens, 4, width);
    assertSame(table2, table, "scatterAdd " + width);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 100})
  void adamW(int length) {
    var step = new AdamWStep(0.7f, 0.999f, 0.9f, 0.95f, 0.01f, 3f, 1e-8f);
    float[][] expected = {normal(length + 2), normal(length + 2), normal(length), normal(length)};
    for (int i = 0; i < length; i++) {
      expected[3][i] *= expected[3][i];
    }
    float[][] actual = {
      expected[0].clone(), expected[1].clone(), expected[2].clone(), expected[3].clone()
    };
    scalar.adamW(step, expected[0], 1, expected[1], 2, expected[2], expected[3], 0, length);
    vector.adamW(step, actual[0], 1, actual[1], 2, actual[2], actual[3], 0, length);
    for (int i = 0; i < 4; i++) {
      assertSame(actual[i], expected[i], "adamW array " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 8, 100",
    "2, 17, 2, 1, 6, 5",
    "1, 96, 2, 2, 16, 1000",
    "1, 97, 2, 1, 40, 30",
    "1, 130, 1, 1, 64, 1000",
    "2, 200, 4, 2, 24, 60",
    "1, 300, 1, 1, 8, 7"
  })
  void attention(int sequences, int length, int heads, int shared, int headSize, int every) {
    var shape = AttentionShape.training(sequences, length, heads, shared, headSize);
    int[] starts = Arrays32.documentStarts(random, sequences, length, every);
    float[] q = normal(shape.queryElements());
    float[] k = normal(shape.keyElements());
    float[] v = normal(shape.keyElements());
    float[] dOut = normal(shape.queryElements());
    float[][] expected = attend(scalar, shape, q, k, v, dOut, starts);
    float[][] actual = attend(vector, shape, q, k, v, dOut, starts);
    String[] names = {"out", "maximum", "inverse sum", "dq", "dk", "dv"};
    for (int i = 0; i < names.length; i++) {
      assertSame(actual[i], expected[i], names[i] + " of " + shape);
    }
  }

  private static float[][] attend(
      Kernels kernels,
      AttentionShape shape,
      float[] q,
      float[] k,
      float[] v,
      float[] dOut,
      int[] starts) {
    Scratch scratch = Scratch.forModel(shape.keys(), shape.headSize(), 1, 1);
    float[] out = new float[q.length];
    float[] maximum = new float[shape.statistics()];
    float[] inverse = new float[shape.statistics()];
    float[] dq = new float[q.length];
    float[] dk = new float[k.length];
    float[] dv = new float[k.length];
    for (int repeat = 0; repeat < 2; repeat++) { // the second time over a used scratch
      kernels.attention(shape, out, maximum, inverse, q, k, v, starts, scratch);
      kernels.attentionBackward(
          shape, dq, dk, dv, dOut, out, maximum, inverse, q, k, v, starts, scratch);
    }
    return new float[][] {out, maximum, inverse, dq, dk, dv};
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 8, 0",
    "7, 384, 16, 0",
    "385, 385, 20, 0",
    "385, 385, 20, 1e-2",
    "50, 1000, 33, 0",
    "50, 1000, 33, 1e-4",
    "400, 12, 400, 0"
  })
  void crossEntropy(int rows, int vocabulary, int width, float zLoss) {
    float[] hidden = normal(rows * width);
    float[] table = normal(vocabulary * width);
    int[] targets = new int[rows];
    for (int i = 0; i < rows; i++) {
      targets[i] = random.nextInt(5) == 0 ? -1 : random.nextInt(vocabulary);
    }
    float[][] expected = head(scalar, rows, vocabulary, width, hidden, table, targets, zLoss);
    float[][] actual = head(vector, rows, vocabulary, width, hidden, table, targets, zLoss);
    String[] names = {"losses alone", "losses", "dHidden", "dTable"};
    for (int i = 0; i < names.length; i++) {
      assertSame(actual[i], expected[i], names[i]);
    }
  }

  private static float[][] head(
      Kernels kernels,
      int rows,
      int vocabulary,
      int width,
      float[] hidden,
      float[] table,
      int[] targets,
      float zLoss) {
    Scratch scratch = Scratch.forModel(1, 2, width, vocabulary);
    float[] alone = new float[rows];
    float[] losses = new float[rows];
    float[] dHidden = new float[hidden.length];
    float[] dTable = table.clone();
    Matrix x = Matrix.of(hidden, rows, width);
    Matrix w = Matrix.of(table, vocabulary, width);
    kernels.crossEntropy(alone, x, w, targets, scratch);
    kernels.crossEntropyAndGradient(
        losses,
        Matrix.of(dHidden, rows, width),
        Matrix.of(dTable, vocabulary, width),
        x,
        w,
        targets,
        0.25f,
        zLoss,
        scratch);
    return new float[][] {alone, losses, dHidden, dTable};
  }
}
