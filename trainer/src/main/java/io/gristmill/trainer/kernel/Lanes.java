package io.gristmill.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of a vector: what the machine prefers, or the system property {@code
 * gristmill.vector-bits} (128, 256 or 512). It changes speed, never a bit of a result.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = species();
  static final int COUNT = SPECIES.length();

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    int widest = Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512);
    int bits = Integer.getInteger("gristmill.vector-bits", widest);
    if ((bits != 128 && bits != 256 && bits != 512) || bits > widest) {
      throw new IllegalArgumentException(
          "gristmill.vector-bits is %d, must be 128, 256 or 512 and at most %d, which this Java uses here; leave it out, or see -XX:UseAVX=3"
              .formatted(bits, widest));
    }
    return switch (bits) {
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }
}
