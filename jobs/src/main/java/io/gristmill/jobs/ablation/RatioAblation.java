package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.RatioDesign;
import java.util.List;

/**
 * The answer of an ablation of ratios.
 *
 * @param name of the run
 * @param measurements during each
 * @param sizes by falling number of parameters
 * @param sizeLaw the domain's loss by size, tokens and ratio, or why there is none
 */
public record RatioAblation(
    String name, RatioDesign design, int measurements, List<RatioSize> sizes, LawOutcome sizeLaw)
    implements AblationResult {
  public RatioAblation {
    sizes = List.copyOf(sizes);
  }
}
