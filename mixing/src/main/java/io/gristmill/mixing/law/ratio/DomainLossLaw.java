package io.gristmill.mixing.law.ratio;

import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.mixing.law.fit.SeparableLaw;

/**
 * The loss on the domain at one ratio as training goes on: {@code L = a1 T^s1 + b1}, T the tokens
 * (Gu et al. 2024, arXiv 2407.17467, section 4).
 */
public final class DomainLossLaw {
  public static final SeparableLaw LAW =
      PowerLaw.of("domain loss", "tokens", Parameter.free("s1", -2, 1), "a1", "b1");

  private DomainLossLaw() {}
}
