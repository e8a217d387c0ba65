package io.gristmill.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Dropout with one hash a lane. */
final class VectorDropout {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final VectorSpecies<Integer> NUMBERS = SPECIES.withLanes(int.class);
  private static final int LANES = Lanes.COUNT;

  private VectorDropout() {}

  static void dropout(float[] y, float[] x, DropoutMask mask, float factor, int length) {
    float multiplier = factor * mask.scale();
    IntVector low = IntVector.broadcast(NUMBERS, mask.low());
    IntVector high = IntVector.broadcast(NUMBERS, mask.high());
    IntVector lanes = IntVector.zero(NUMBERS).addIndex(1).add(mask.first());
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      IntVector hash = mixed(mixed(lanes.add(i).lanewise(VectorOperators.XOR, low)).add(high));
      VectorMask<Integer> kept =
          hash.lanewise(VectorOperators.LSHR, DropoutMask.UNUSED_BITS)
              .compare(VectorOperators.GE, mask.threshold());
      FloatVector.zero(SPECIES)
          .blend(FloatVector.fromArray(SPECIES, x, i).mul(multiplier), kept.cast(SPECIES))
          .intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] = mask.keeps(i) ? x[i] * multiplier : 0f;
    }
  }

  private static IntVector mixed(IntVector bits) {
    IntVector once =
        bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 16))
            .mul(DropoutMask.FIRST_FACTOR);
    IntVector twice =
        once.lanewise(VectorOperators.XOR, once.lanewise(VectorOperators.LSHR, 13))
            .mul(DropoutMask.SECOND_FACTOR);
    return twice.lanewise(VectorOperators.XOR, twice.lanewise(VectorOperators.LSHR, 16));
  }
}
