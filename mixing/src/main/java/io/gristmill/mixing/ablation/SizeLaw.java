package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.law.ratio.DomainRatioLaw;
import java.util.List;

/** What an ablation of several sizes tells of a larger one: often that it tells nothing. */
public final class SizeLaw {
  /** Two sizes lie on every curve; three leave one point to contradict it. */
  private static final int FEWEST_SIZES = 3;

  private SizeLaw() {}

  /**
   * The D-CPT law of the domain's loss over sizes, tokens and ratios, if there are sizes enough.
   *
   * @param observations the loss by parameters, tokens and ratio, in the order of {@link
   *     DomainRatioLaw#LAW}'s inputs
   * @param sizes that were trained
   */
  public static LawOutcome of(List<Observation> observations, int sizes, int resamples, long seed) {
    return sizes < FEWEST_SIZES
        ? new LawOutcome.Refused(
            "%d %s: no law of the size follows, and no ratio for a larger model; train %d sizes at least, 4 to see whether the law holds"
                .formatted(sizes, sizes == 1 ? "size" : "sizes", FEWEST_SIZES))
        : LawOutcome.of(DomainRatioLaw.LAW, observations, resamples, seed);
  }
}
