package io.gristmill.trainer.kernel;

import java.util.Arrays;

/**
 * What the kernels reach on this machine after they are warm, beside what its registers allow. The
 * compiler of the JVM sometimes leaves a kernel at a tenth of its speed and says nothing; a worker
 * measures before it trains, so that this is told rather than suffered.
 *
 * @param product GFLOP per second of CPU time of one thread in a matrix product
 * @param peak the same in fused multiply-adds on registers alone
 */
public record KernelSpeed(double product, double peak) {
  /** Below this share of the peak something is wrong: sound kernels reach 0.7 to 0.9. */
  private static final double SLOW = 0.4;

  private static final int SIZE = 256;
  private static final long ROUND_NANOS = 100_000_000;
  private static final int MOST_ROUNDS = 30;
  private static final int STEADY_ROUNDS = 3;

  /**
   * Warms the kernels up and measures them: for some tenths of a second after they are compiled,
   * for three seconds at most while they are slow.
   */
  public static KernelSpeed measure(Kernels kernels) {
    Scratch scratch = Scratch.forProducts();
    float[] ones = new float[SIZE * SIZE];
    Arrays.fill(ones, 1f);
    Matrix a = Matrix.of(ones, SIZE, SIZE);
    Matrix c = Matrix.of(new float[SIZE * SIZE], SIZE, SIZE);
    double peak = PeakFlops.measure();
    double best = 0;
    int steady = 0;
    for (int round = 0; round < MOST_ROUNDS && steady < STEADY_ROUNDS; round++) {
      best = Math.max(best, round(kernels, a, c, scratch));
      steady += best > SLOW * peak ? 1 : 0;
    }
    return new KernelSpeed(best, peak);
  }

  private static double round(Kernels kernels, Matrix a, Matrix c, Scratch scratch) {
    long start = PeakFlops.cpuNanos();
    long end = start;
    long products = 0;
    while (end - start < ROUND_NANOS) {
      kernels.gemm(Form.NT, a, a, c, scratch);
      products++;
      end = PeakFlops.cpuNanos();
    }
    return 2.0 * SIZE * SIZE * SIZE * products / (end - start);
  }

  /** Whether the kernels are so far below the peak that it cannot be right. */
  public boolean isSlow() {
    return product < SLOW * peak;
  }

  /** Speeds and share, for logs. */
  public String description() {
    return "%.0f of %.0f GFLOP/s a thread (%.0f %%)".formatted(product, peak, 100 * product / peak);
  }
}
