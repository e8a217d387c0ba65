package io.gristmill.curation;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** CPU time of work on one thread, so that other load on the machine counts little. */
public final class MedianTime {
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 5;

  private MedianTime() {}

  /**
   * Seconds of a round, the median after a few to warm up.
   *
   * @param round work that gives the same result each time, so that none of it is left out
   */
  public static double seconds(LongSupplier round) {
    var threads = ManagementFactory.getThreadMXBean();
    double[] seconds = new double[ROUNDS];
    long result = round.getAsLong();
    for (int i = 1 - WARM_UP; i < ROUNDS; i++) {
      long start = threads.getCurrentThreadCpuTime();
      long again = round.getAsLong();
      double taken = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      if (again != result) {
        throw new IllegalStateException("the same work gave another result");
      }
      if (i >= 0) {
        seconds[i] = taken;
      }
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }
}
