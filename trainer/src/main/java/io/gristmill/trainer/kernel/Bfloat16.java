package io.gristmill.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The upper half of a 32-bit float, rounded to the nearest, ties to even; what is no number stays
 * none.
 */
public final class Bfloat16 {
  private static final VectorSpecies<Float> FLOATS = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;

  /** As many lanes in half the bits; a vector of 64 bits at the least. */
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));

  private static final int INFINITY = 0x7F80_0000;
  private static final short NOT_A_NUMBER = 0x7FC0;

  private Bfloat16() {}

  /** The nearest. */
  public static short of(float value) {
    if (Float.isNaN(value)) {
      return NOT_A_NUMBER;
    }
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The same number in 32 bits. */
  public static float toFloat(short value) {
    return Float.intBitsToFloat(value << 16);
  }

  /** All elements of {@code source}, row by row without gaps. */
  static void round(Matrix source, short[] target) {
    if (source.stride() == source.columns()) {
      round(source.data(), source.offset(), target, 0, source.rows() * source.columns());
      return;
    }
    for (int row = 0; row < source.rows(); row++) {
      round(
          source.data(),
          source.offset() + row * source.stride(),
          target,
          row * source.columns(),
          source.columns());
    }
  }

  private static void round(float[] source, int from, short[] target, int to, int length) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector values = FloatVector.fromArray(FLOATS, source, from + i);
      IntVector bits = values.reinterpretAsInts();
      VectorMask<Integer> odd = bits.and(Integer.MAX_VALUE).compare(VectorOperators.GT, INFINITY);
      IntVector upper =
          bits.lanewise(VectorOperators.LSHR, 16)
              .and(1)
              .add(0x7FFF)
              .add(bits)
              .lanewise(VectorOperators.LSHR, 16)
              .blend(NOT_A_NUMBER, odd);
      ((ShortVector) upper.convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(target, to + i);
    }
    for (; i < length; i++) {
      target[to + i] = of(source[from + i]);
    }
  }
}
