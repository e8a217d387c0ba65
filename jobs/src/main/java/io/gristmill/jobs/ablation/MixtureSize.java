package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.ForetoldMixtures;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.MixtureFindings;
import java.util.List;

/**
 * What came of one size of model on random mixtures.
 *
 * @param heldOut tokens that the loss of each line rests on
 * @param findings from {@code measures}
 * @param measures of the trainings that laws were fitted to
 * @param foretold measures of those that were predicted first
 */
public record MixtureSize(
    String name,
    long parameters,
    String start,
    List<Long> heldOut,
    MixtureFindings findings,
    List<Measure> measures,
    List<Measure> foretold,
    List<Finished> trainings)
    implements SizeResult {
  public MixtureSize {
    heldOut = List.copyOf(heldOut);
    measures = List.copyOf(measures);
    foretold = List.copyOf(foretold);
    trainings = List.copyOf(trainings);
  }

  /** The predictions beside what was measured later. */
  public ForetoldMixtures checked() {
    return ForetoldMixtures.of(findings, foretold);
  }
}
