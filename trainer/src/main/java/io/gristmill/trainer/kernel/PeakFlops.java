package io.gristmill.trainer.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do: fused multiply-adds on registers alone, in GFLOP per second of CPU time of
 * the calling thread. Every speed here is told as a share of it, measured in the same run.
 */
public final class PeakFlops {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int CHAINS = 12;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Keeps the result alive. */
  @SuppressWarnings("UnusedVariable") // written so that the loop cannot be left out
  private static volatile float kept;

  private PeakFlops() {}

  /** Prints the peak, which the results of other programs are a share of. */
  public static void main(String[] arguments) {
    System.out.printf(
        "peak: %.1f GFLOP/s, vectors of %d bits%n", measure(), Lanes.SPECIES.vectorBitSize());
  }

  /** CPU time of this thread in nanoseconds: what other processes take does not count. */
  public static long cpuNanos() {
    long cpu = THREADS.getCurrentThreadCpuTime();
    return cpu < 0 ? System.nanoTime() : cpu; // virtual threads have no time of their own
  }

  /** The best of several short runs. */
  public static double measure() {
    double best = 0;
    for (int trial = 0; trial < 8; trial++) {
      int steps = 500_000;
      long start = cpuNanos();
      kept = run(steps);
      best = Math.max(best, 2.0 * CHAINS * Lanes.COUNT * steps / (cpuNanos() - start));
    }
    return best;
  }

  private static float run(int steps) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, 1e-6f);
    FloatVector s0 = y;
    FloatVector s1 = y;
    FloatVector s2 = y;
    FloatVector s3 = y;
    FloatVector s4 = y;
    FloatVector s5 = y;
    FloatVector s6 = y;
    FloatVector s7 = y;
    FloatVector s8 = y;
    FloatVector s9 = y;
    FloatVector s10 = y;
    FloatVector s11 = y;
    for (int i = 0; i < steps; i++) {
      s0 = x.fma(y, s0);
      s1 = x.fma(y, s1);
      s2 = x.fma(y, s2);
      s3 = x.fma(y, s3);
      s4 = x.fma(y, s4);
      s5 = x.fma(y, s5);
      s6 = x.fma(y, s6);
      s7 = x.fma(y, s7);
      s8 = x.fma(y, s8);
      s9 = x.fma(y, s9);
      s10 = x.fma(y, s10);
      s11 = x.fma(y, s11);
    }
    FloatVector low = s0.add(s1).add(s2.add(s3)).add(s4.add(s5));
    FloatVector high = s6.add(s7).add(s8.add(s9)).add(s10.add(s11));
    return low.add(high).lane(0);
  }
}
