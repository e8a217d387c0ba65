package io.gristmill.curation.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** From text to keys on one thread: megabytes of UTF-8 a second of the thread's CPU time. */
final class SignatureSpeed {
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 5;

  /** Takes the results, so that nothing is left out as useless. */
  private static volatile long sink;

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

  /** Megabytes a second, the median of the rounds after a few to warm up. */
  static double median(List<String> texts, ToLongFunction<String> work) {
    double megabytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum() / 1e6;
    return megabytes / median(() -> texts.stream().mapToLong(work).sum());
  }

  /** Seconds of a round, the median after a few to warm up. */
  static double median(LongSupplier round) {
    double[] seconds = new double[ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      double taken = seconds(() -> sink = round.getAsLong());
      if (i >= 0) {
        seconds[i] = taken;
      }
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }

  /** CPU time that this thread takes. */
  static double seconds(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - start) / 1e9;
  }
}
