package io.gristmill.trainer.collective;

import java.nio.ByteBuffer;

/**
 * The upper half of each float, rounded to the nearest, ties to even: off by at most 2^-8 of the
 * value. What is no number stays none, so that a broken gradient is noticed where it arrives.
 */
final class Bfloat16Code implements BlockCode {
  private static final int DROPPED_BITS = 16;
  private static final int JUST_BELOW_HALF = 0x7FFF;
  private static final short NOT_A_NUMBER = 0x7FC0;

  @Override
  public int bytes(int length) {
    return length * Short.BYTES;
  }

  @Override
  public void encode(float[] values, int length, ByteBuffer target) {
    for (int i = 0; i < length; i++) {
      target.putShort(rounded(values[i]));
    }
  }

  @Override
  public void decode(ByteBuffer source, float[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = expanded(source.getShort());
    }
  }

  static float expanded(short upper) {
    return Float.intBitsToFloat(upper << DROPPED_BITS);
  }

  static short rounded(float value) {
    if (Float.isNaN(value)) {
      return NOT_A_NUMBER; // the sum below would carry some of them into infinity or zero
    }
    int bits = Float.floatToRawIntBits(value);
    int odd = (bits >>> DROPPED_BITS) & 1;
    return (short) ((bits + JUST_BELOW_HALF + odd) >>> DROPPED_BITS);
  }
}
