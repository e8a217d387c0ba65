package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioMeasure;
import java.util.List;

/**
 * What came of one size of model at several ratios.
 *
 * @param parameters all of them, embeddings included
 * @param start what its trainings began with, in words
 * @param heldOutGeneral held-out tokens that the general loss rests on
 * @param heldOutDomain held-out tokens that the domain's loss rests on
 * @param findings from {@code measures}
 * @param measures of the trainings that laws were fitted to
 * @param foretold measures of those that were predicted first
 * @param trainings all, the trunk first
 */
public record RatioSize(
    String name,
    long parameters,
    String start,
    long heldOutGeneral,
    long heldOutDomain,
    RatioFindings findings,
    List<RatioMeasure> measures,
    List<RatioMeasure> foretold,
    List<Finished> trainings)
    implements SizeResult {
  public RatioSize {
    measures = List.copyOf(measures);
    foretold = List.copyOf(foretold);
    trainings = List.copyOf(trainings);
  }

  /** At the end of the trainings at a ratio that was foretold; one for each seed. */
  public List<Losses> foretoldLosses(double ratio) {
    return foretold.stream()
        .filter(own -> own.ratio() == ratio && own.tokens() == findings.tokens())
        .map(RatioMeasure::losses)
        .toList();
  }

  /** The mean, where there is something. */
  public static Losses mean(List<Losses> losses) {
    return new Losses(
        losses.stream().mapToDouble(Losses::general).average().orElseThrow(),
        losses.stream().mapToDouble(Losses::domain).average().orElseThrow());
  }
}
