package io.gristmill.curation.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.curation.MedianTime;
import java.util.List;
import java.util.function.ToLongFunction;

/** From text to keys on one thread: megabytes of UTF-8 a second of the thread's CPU time. */
final class SignatureSpeed {
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
    return megabytes / MedianTime.seconds(() -> texts.stream().mapToLong(work).sum());
  }
}
