package io.gristmill.trainer.collective;

import io.gristmill.trainer.kernel.Bfloat16;
import java.nio.ByteBuffer;

/**
 * The upper half of each float, rounded to the nearest, ties to even: off by at most 2^-8 of the
 * value. What is no number stays none, so that a broken gradient is noticed where it arrives.
 */
final class Bfloat16Code implements BlockCode {
  @Override
  public int bytes(int length) {
    return length * Short.BYTES;
  }

  @Override
  public void encode(float[] values, int length, ByteBuffer target) {
    for (int i = 0; i < length; i++) {
      target.putShort(Bfloat16.of(values[i]));
    }
  }

  @Override
  public void decode(ByteBuffer source, float[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = Bfloat16.toFloat(source.getShort());
    }
  }
}
