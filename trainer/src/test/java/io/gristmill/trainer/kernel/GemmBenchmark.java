package io.gristmill.trainer.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matrix products of the shapes that training has, on one thread, beside the peak of fused
 * multiply-adds in the same run: {@code scripts/benchmark kernels}. The counter {@code flop} is in
 * operations a nanosecond, which is GFLOP/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+IgnoreUnrecognizedVMOptions",
      "-XX:UseAVX=3"
    })
public class GemmBenchmark {
  /** Rows, columns and depth of the product. */
  @Param({"256x256x256", "2048x288x288", "2048x768x288", "2048x768x768", "1024x32000x288"})
  public String shape = "";

  /** Which operand is read transposed. */
  @Param({"NN", "NT", "TN"})
  public Form form = Form.NN;

  private final Kernels kernels = new VectorKernels();
  private final Scratch scratch = Scratch.forProducts();
  private Matrix a;
  private Matrix b;
  private Matrix c;
  private long flop;

  /** Floating-point operations done. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public long flop;

    @Setup(Level.Iteration)
    public void clear() {
      flop = 0;
    }
  }

  @Setup
  public void fill() {
    String[] sizes = shape.split("x");
    int rows = Integer.parseInt(sizes[0]);
    int columns = Integer.parseInt(sizes[1]);
    int depth = Integer.parseInt(sizes[2]);
    flop = 2L * rows * columns * depth;
    a = form == Form.TN ? random(depth, rows) : random(rows, depth);
    b = form == Form.NT ? random(columns, depth) : random(depth, columns);
    c = Matrix.of(new float[rows * columns], rows, columns);
  }

  private static Matrix random(int rows, int columns) {
    var random = new SplittableRandom(20260501);
    float[] data = new float[rows * columns];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextDouble(-1, 1);
    }
    return Matrix.of(data, rows, columns);
  }

  @Benchmark
  public float gemm(Work work) {
    kernels.gemm(form, a, b, c, scratch);
    work.flop += flop;
    return c.data()[0];
  }
}
