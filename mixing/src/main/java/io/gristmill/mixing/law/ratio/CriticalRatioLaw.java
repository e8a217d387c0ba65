package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;

/**
 * The critical ratio by the tokens T of the training: {@code R* = a4 T^s4 + b3} (Gu et al. 2024,
 * arXiv 2407.17467, section 5). An observation is a ratio and the tokens at which it {@link
 * TurningPoint turns}: with just so many tokens it is the critical one.
 */
public final class CriticalRatioLaw {
  public static final SeparableLaw LAW =
      PowerLaw.of("critical ratio", "tokens", Parameter.free("s4", -2, 2), "a4", "b3");

  private CriticalRatioLaw() {}
}
