package io.gristmill.curation.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** From text to keys on one thread: megabytes of UTF-8 a second of the thread's CPU time. */
final class SignatureSpeed {
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 5;

  private SignatureSpeed() {}

  /** All that a signature takes, as the pipeline computes it. */
  static final class Signer implements ToLongFunction<String> {
    private final Keys keys;

    Signer(MinHashConfig config) {
      this.keys = new Keys(config);
    }

    @Override
    public long applyAsLong(String text) {
      return keys.of(text)[0];
    }
  }

  /** Median of the rounds after a few to warm up. */
  static double median(List<String> texts, ToLongFunction<String> work) {
    double megabytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum() / 1e6;
    var threads = ManagementFactory.getThreadMXBean();
    double[] speeds = new double[ROUNDS];
    long sink = 0;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (String text : texts) {
        sink += work.applyAsLong(text);
      }
      double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      if (round >= 0) {
        speeds[round] = megabytes / seconds;
      }
    }
    if (sink == 42) { // so that nothing is left out as useless
      System.out.println();
    }
    Arrays.sort(speeds);
    return speeds[ROUNDS / 2];
  }

  /** CPU time that this thread takes. */
  static double seconds(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - start) / 1e9;
  }
}
