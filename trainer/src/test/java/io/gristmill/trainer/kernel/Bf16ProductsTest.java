package io.gristmill.trainer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Bf16ProductsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /** Sums of up to so many products in 32 bits, of absolute values that add up to 1. */
  private static final double SUM_ERROR = 2e-6;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Scratch scratch = Scratch.forProducts();
  private Kernels kernels;

  @BeforeEach
  void load() {
    kernels = Bf16.kernels();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void productsAreThoseOfRoundedOperandsInDouble(Form form) {
    int[][] shapes = {
      {1, 1, 1}, {5, 7, 3}, {48, 32, 16}, {13, 33, 17}, {25, 31, 385}, {193, 130, 769}
    };
    for (int[] shape : shapes) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      Matrix a = form == Form.TN ? matrix(k, m) : matrix(m, k);
      Matrix b = form == Form.NT ? matrix(n, k) : matrix(k, n);
      Matrix c = matrix(m, n);
      float[] before = c.data().clone();
      kernels.gemm(form, a, b, c, scratch);
      requireProduct(form, a, b, c, new float[before.length]);
      requireSameAround(c, before);
      float[] product = c.data().clone();
      kernels.gemmAdd(form, a, b, c, scratch);
      requireProduct(form, a, b, c, product);
      requireSameAround(c, before);
    }
  }

  private static void requireProduct(Form form, Matrix a, Matrix b, Matrix c, float[] before) {
    int depth = form.depth(a);
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        int at = c.offset() + i * c.stride() + j;
        double sum = before[at];
        double size = Math.abs(sum);
        for (int k = 0; k < depth; k++) {
          double left = form == Form.TN ? rounded(a, k, i) : rounded(a, i, k);
          double right = form == Form.NT ? rounded(b, j, k) : rounded(b, k, j);
          sum += left * right;
          size += Math.abs(left * right);
        }
        assertThat((double) c.data()[at])
            .as("%s %d x %d x %d at %d, %d seed %d", form, c.rows(), c.columns(), depth, i, j, SEED)
            .isCloseTo(sum, within(SUM_ERROR * size));
      }
    }
  }

  private static double rounded(Matrix matrix, int row, int column) {
    float value = matrix.data()[matrix.offset() + row * matrix.stride() + column];
    return Bfloat16.toFloat(Bfloat16.of(value));
  }

  private static void requireSameAround(Matrix c, float[] before) {
    for (int at = 0; at < before.length; at++) {
      int column = Math.floorMod(at - c.offset(), c.stride());
      if (at < c.offset() || column >= c.columns()) {
        assertThat(c.data()[at]).as("element %d outside", at).isEqualTo(before[at]);
      }
    }
  }

  private Matrix matrix(int rows, int columns) {
    int stride = columns + 3;
    return new Matrix(Arrays32.normal(random, 5 + rows * stride), 5, rows, columns, stride);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aProductInSeveralCallsIsThatOfRoundedOperandsInDouble(Form form) {
    // More multiply-adds than one call does; some of the elements are looked at.
    int m = 3_000;
    int n = 1_000;
    int k = 1_000;
    Matrix a = form == Form.TN ? matrix(k, m) : matrix(m, k);
    Matrix b = form == Form.NT ? matrix(n, k) : matrix(k, n);
    Matrix c = matrix(m, n);
    kernels.gemm(form, a, b, c, scratch);
    for (int i = 0; i < m; i += 97) {
      for (int j = 0; j < n; j += 89) {
        double sum = 0;
        double size = 0;
        for (int d = 0; d < k; d++) {
          double left = form == Form.TN ? rounded(a, d, i) : rounded(a, i, d);
          double right = form == Form.NT ? rounded(b, j, d) : rounded(b, d, j);
          sum += left * right;
          size += Math.abs(left * right);
        }
        assertThat((double) c.data()[c.offset() + i * c.stride() + j])
            .as("%s at %d, %d seed %d", form, i, j, SEED)
            .isCloseTo(sum, within(SUM_ERROR * size));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 3", "17, 24, 7", "385, 16, 390", "800, 40, 1000"})
  void theHeadAgreesWithTheDefinitionWithinTheRoundingOfItsOperands(
      int tokens, int width, int vocabulary) {
    // Numbers of bfloat16 lose nothing as operands; only gradients of logits are then rounded.
    Matrix hidden = Matrix.of(roundedNormal(tokens * width), tokens, width);
    Matrix table = Matrix.of(roundedNormal(vocabulary * width), vocabulary, width);
    int[] targets = IntStream.range(0, tokens).map(i -> i % 5 == 4 ? -1 : i % vocabulary).toArray();
    Head expected = Head.of(new ScalarKernels(), hidden, table, targets);
    Head actual = Head.of(kernels, hidden, table, targets);
    for (int token = 0; token < tokens; token++) {
      assertThat(actual.losses()[token]).isCloseTo(expected.losses()[token], within(1e-4f));
    }
    requireClose(actual.dHidden(), expected.dHidden(), "dHidden");
    requireClose(actual.dTable(), expected.dTable(), "dTable");
  }

  private record Head(float[] losses, float[] dHidden, float[] dTable) {
    static Head of(Kernels kernels, Matrix hidden, Matrix table, int[] targets) {
      var scratch = Scratch.forModel(8, 4, hidden.columns(), table.rows());
      var head =
          new Head(
              new float[hidden.rows()],
              new float[hidden.rows() * hidden.columns()],
              new float[table.rows() * table.columns()]);
      float[] alone = new float[hidden.rows()];
      kernels.crossEntropy(alone, hidden, table, targets, scratch);
      kernels.crossEntropyAndGradient(
          head.losses(),
          Matrix.of(head.dHidden(), hidden.rows(), hidden.columns()),
          Matrix.of(head.dTable(), table.rows(), table.columns()),
          hidden,
          table,
          targets,
          0.5f,
          0,
          scratch);
      assertThat(head.losses()).containsExactly(alone);
      return head;
    }
  }

  private static void requireClose(float[] actual, float[] expected, String what) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    // Independent roundings of at most 2^-9 each; on their way they average out.
    assertThat(Math.sqrt(error / norm)).as("%s seed %d", what, SEED).isLessThan(3e-3);
  }

  private float[] roundedNormal(int length) {
    float[] values = Arrays32.normal(random, length);
    for (int i = 0; i < length; i++) {
      values[i] = Bfloat16.toFloat(Bfloat16.of(values[i]));
    }
    return values;
  }

  @Test
  void threadsThatComputeAtOnceGiveTheBitsOfOne() throws Exception {
    Matrix a = matrix(500, 300);
    Matrix b = matrix(200, 300);
    float[] expected = product(a, b);
    List<Callable<float[]>> work = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      work.add(() -> product(a, b));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<float[]> each : threads.invokeAll(work)) {
        assertThat(each.get()).containsExactly(expected);
      }
    }
  }

  private float[] product(Matrix a, Matrix b) {
    float[] c = new float[a.rows() * b.rows()];
    kernels.gemm(Form.NT, a, b, Matrix.of(c, a.rows(), b.rows()), Scratch.forProducts());
    return c;
  }

  @Test
  void operandsTakeWhatThePlanSays() {
    int rows = 400;
    int width = 64;
    int inner = 176;
    int vocabulary = 900;
    Scratch own = Scratch.forModel(8, 4, width, vocabulary);
    Matrix hidden = Matrix.of(Arrays32.normal(random, rows * width), rows, width);
    Matrix up = Matrix.of(Arrays32.normal(random, inner * width), inner, width);
    Matrix activation = Matrix.of(new float[rows * inner], rows, inner);
    kernels.gemm(Form.NT, hidden, up, activation, own);
    kernels.gemm(Form.NN, activation, up, hidden, own);
    kernels.gemmAdd(
        Form.TN, hidden, activation, Matrix.of(new float[width * inner], width, inner), own);
    kernels.gemmAdd(Form.TN, activation, hidden, up, own);
    Matrix table = Matrix.of(Arrays32.normal(random, vocabulary * width), vocabulary, width);
    Matrix dTable = Matrix.of(new float[vocabulary * width], vocabulary, width);
    kernels.crossEntropyAndGradient(
        new float[rows], hidden, dTable, hidden, table, new int[rows], 1f, 0, own);
    long elements =
        (long) own.bf16.left(0).length + own.bf16.right(0).length + own.bf16.gradients(0).length;
    assertThat(Short.BYTES * elements)
        .isEqualTo(Precision.BF16.operandBytes((long) rows * inner, (long) inner * width, width));
    assertThat(Precision.FP32.operandBytes(1000, 1000, 10)).isZero();
  }

  @Test
  void whatIsNoNumberIsNotLost() {
    float[] values = {1, Float.NaN, 2, 3};
    float[] c = new float[4];
    Matrix square = Matrix.of(values, 2, 2);
    kernels.gemm(Form.NN, square, square, Matrix.of(c, 2, 2), scratch);
    assertThat(c[0]).isNaN();
  }

  @Test
  void theyAreDescribed() {
    assertThat(kernels.description()).contains("; products in bf16 by oneDNN 3.11.");
    assertThat(kernels.instructions()).contains("(0x");
    assertThat(new VectorKernels().instructions()).isEmpty();
  }
}
