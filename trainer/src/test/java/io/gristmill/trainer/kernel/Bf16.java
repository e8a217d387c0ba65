package io.gristmill.trainer.kernel;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** Kernels with products in bfloat16, for tests; where a machine has none the tests are skipped. */
public final class Bf16 {
  private Bf16() {}

  /** The kernels, or the end of the test with what this machine lacks. */
  public static Kernels kernels() {
    return attempt(() -> Kernels.of(Precision.BF16));
  }

  static OneDnn library() {
    return attempt(OneDnn::load);
  }

  private static <T> T attempt(Supplier<T> load) {
    try {
      return load.get();
    } catch (IllegalArgumentException e) {
      return Assumptions.abort("skipped: " + e.getMessage());
    }
  }
}
