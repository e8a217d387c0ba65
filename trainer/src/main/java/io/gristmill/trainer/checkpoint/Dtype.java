package io.gristmill.trainer.checkpoint;

import java.nio.ByteBuffer;

/** The types of a safetensors file that take whole bytes; only three of them hold weights here. */
public enum Dtype {
  F32(4),
  BF16(2),
  F16(2),
  F64(8),
  F8_E4M3(1),
  F8_E5M2(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements can be read and written as 32-bit floats. */
  public boolean isWeight() {
    return this == F32 || this == BF16 || this == F16;
  }

  /**
   * Copies {@code count} elements of the little-endian {@code source}, from its beginning, as
   * floats; exact.
   */
  public void read(ByteBuffer source, float[] target, int offset, int count) {
    switch (this) {
      case F32 -> source.asFloatBuffer().get(target, offset, count);
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = Float.intBitsToFloat(source.getShort(2 * i) << 16);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = Float.float16ToFloat(source.getShort(2 * i));
        }
      }
      default -> throw new UnsupportedOperationException(this + " is no type of weights");
    }
  }

  /**
   * Puts floats into the little-endian {@code target}, from its beginning, rounded to the nearest
   * value of this type, ties to even.
   */
  public void write(float[] source, ByteBuffer target) {
    switch (this) {
      case F32 -> target.asFloatBuffer().put(source);
      case BF16 -> {
        for (int i = 0; i < source.length; i++) {
          target.putShort(2 * i, bfloat16(source[i]));
        }
      }
      case F16 -> {
        for (int i = 0; i < source.length; i++) {
          target.putShort(2 * i, Float.floatToFloat16(source[i]));
        }
      }
      default -> throw new UnsupportedOperationException(this + " is no type of weights");
    }
  }

  /** The upper half of the bits, after half a unit of it is added; a NaN stays one. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
