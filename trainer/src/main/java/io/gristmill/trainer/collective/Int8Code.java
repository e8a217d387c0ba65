package io.gristmill.trainer.collective;

import java.nio.ByteBuffer;

/**
 * A scale and a signed byte for each float: the scale is the largest magnitude of the block / 127,
 * a float is the nearest multiple of it. A block that holds what is not finite comes out as no
 * numbers, so that a broken gradient is noticed where it arrives. Block-wise scales as in Dettmers
 * et al. 2021, arXiv 2110.02861, section 2.1, with evenly spaced steps.
 */
final class Int8Code implements BlockCode {
  private static final int LARGEST = 127;

  /** Below it the scale would have few bits or none; such a block is sent as zeros. */
  private static final float SMALLEST = LARGEST * Float.MIN_NORMAL;

  @Override
  public int bytes(int length) {
    return length == 0 ? 0 : Float.BYTES + length;
  }

  @Override
  public void encode(float[] values, int length, ByteBuffer target) {
    if (length == 0) {
      return;
    }
    float largest = 0;
    for (int i = 0; i < length; i++) {
      largest = Math.max(largest, Math.abs(values[i])); // NaN if any is
    }
    float scale = largest < SMALLEST ? 0 : largest / LARGEST;
    target.putFloat(scale);
    for (int i = 0; i < length; i++) {
      target.put(scale == 0 ? 0 : (byte) Math.rint(values[i] / scale));
    }
  }

  @Override
  public void decode(ByteBuffer source, float[] values, int length) {
    if (length == 0) {
      return;
    }
    float scale = source.getFloat();
    for (int i = 0; i < length; i++) {
      values[i] = source.get() * scale; // 0 times infinity is no number either
    }
  }
}
