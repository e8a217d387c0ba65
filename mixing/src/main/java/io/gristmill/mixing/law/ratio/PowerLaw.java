package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;
import java.util.List;

/**
 * A power of one input and an offset, {@code L = factor x^power + offset}: the power is searched.
 */
final class PowerLaw {
  private PowerLaw() {}

  static SeparableLaw of(String name, String input, Parameter power, String factor, String offset) {
    return new SeparableLaw(
        name,
        List.of(input),
        List.of(power, Parameter.solved(factor), Parameter.solved(offset)),
        (shape, x) -> new double[] {Math.pow(x[0], shape[0]), 1});
  }
}
