package io.gristmill.trainer.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Exponential} for a vector, to the bit. */
final class VectorExponential {
  private VectorExponential() {}

  /** exp of anything. */
  static FloatVector exp(FloatVector x) {
    return ofClamped(
        x.blend(Exponential.HIGHEST, x.compare(VectorOperators.GT, Exponential.HIGHEST)));
  }

  /** exp of what is at most {@link Exponential#HIGHEST}. */
  static FloatVector ofClamped(FloatVector x) {
    var species = Lanes.SPECIES;
    FloatVector shifted =
        x.fma(
            FloatVector.broadcast(species, Exponential.LOG2_E),
            FloatVector.broadcast(species, Exponential.ROUNDER));
    FloatVector n = shifted.sub(Exponential.ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(species, -Exponential.LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(species, -Exponential.LN2_LOW), r);
    FloatVector one = FloatVector.broadcast(species, 1f);
    FloatVector p =
        FloatVector.broadcast(species, Exponential.C6)
            .fma(r, FloatVector.broadcast(species, Exponential.C5));
    p = p.fma(r, FloatVector.broadcast(species, Exponential.C4));
    p = p.fma(r, FloatVector.broadcast(species, Exponential.C3));
    p = p.fma(r, FloatVector.broadcast(species, Exponential.C2));
    p = p.fma(r, one);
    p = p.fma(r, one);
    FloatVector result =
        p.reinterpretAsInts()
            .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
            .reinterpretAsFloats();
    return result.blend(0f, x.compare(VectorOperators.LT, Exponential.LOWEST));
  }
}
