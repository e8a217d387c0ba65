package io.gristmill.trainer.collective;

import java.nio.ByteBuffer;

/** How one block of floats becomes fewer bytes, and floats again. Bytes are little-endian. */
sealed interface BlockCode permits Bfloat16Code, Int8Code {
  /** Floats that are encoded together; the last block of a range may have fewer. */
  int BLOCK = 1024;

  /** Bytes of a block of {@code length} floats. */
  int bytes(int length);

  /** Puts {@code values[0…length)} into {@code target}. */
  void encode(float[] values, int length, ByteBuffer target);

  /** Takes {@code values[0…length)} from {@code source}. */
  void decode(ByteBuffer source, float[] values, int length);

  /** Bytes of a range of {@code length} floats, encoded in blocks. */
  default long rangeBytes(long length) {
    return length / BLOCK * bytes(BLOCK) + bytes((int) (length % BLOCK));
  }

  static BlockCode of(Compression compression) {
    return switch (compression) {
      case BF16 -> new Bfloat16Code();
      case INT8 -> new Int8Code();
      case NONE -> throw new IllegalArgumentException("32-bit floats need no code");
    };
  }
}
