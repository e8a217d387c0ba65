package io.gristmill.trainer.collective;

import io.gristmill.trainer.kernel.Bfloat16;
import java.util.Locale;

/** How what workers send each other of their sums is rounded. */
public enum Compression {
  /** As 32-bit floats, which changes no bit. */
  NONE,
  /** Rounded to bfloat16: half of the bytes. */
  BF16,
  /** As bytes with one scale a block, errors fed back: about a quarter of the bytes. */
  INT8;

  /** Whether anything is rounded. */
  public boolean on() {
    return this != NONE;
  }

  /** Whether what rounding takes away is kept, and added to what is sent next. */
  public boolean feedsErrorsBack() {
    return this == INT8;
  }

  /** The nearest number that 16 bits hold, ties to even. */
  public static float bfloat16(float value) {
    return Bfloat16.toFloat(Bfloat16.of(value));
  }

  /** As in the YAML. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
