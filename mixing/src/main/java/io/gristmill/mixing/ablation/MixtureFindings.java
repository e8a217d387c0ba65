package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Range;
import java.util.List;

/**
 * What an ablation of random mixtures tells of one size of model.
 *
 * @param size its name
 * @param lines of the mixture, for people
 * @param objective how much the loss of each line counts, together 1
 * @param before losses of the lines before the trainings; none where nothing was learnt before
 * @param tokens of each training
 * @param outcomes the configured mixture first
 * @param tried the shares of each line in the mixtures that laws were fitted to
 * @param laws of the loss of each line
 * @param predictions of the mixtures that were not trained yet
 * @param cautions what the reader must know before believing the rest
 */
public record MixtureFindings(
    String size,
    List<String> lines,
    List<Double> objective,
    List<Double> before,
    long tokens,
    List<MixtureOutcome> outcomes,
    List<Range> tried,
    List<LineLaw> laws,
    MixtureAdvice advice,
    List<MixturePrediction> predictions,
    List<String> cautions)
    implements Findings {
  public MixtureFindings {
    lines = List.copyOf(lines);
    objective = List.copyOf(objective);
    before = List.copyOf(before);
    outcomes = List.copyOf(outcomes);
    tried = List.copyOf(tried);
    laws = List.copyOf(laws);
    predictions = List.copyOf(predictions);
    cautions = List.copyOf(cautions);
  }

  /** What the ablation would be asked to make small: the weighted mean of the losses. */
  public double objective(List<Double> losses) {
    double sum = 0;
    for (int i = 0; i < losses.size(); i++) {
      sum += objective.get(i) * losses.get(i);
    }
    return sum;
  }

  /** Of all mixtures the one whose measured objective was least. */
  public MixtureOutcome best() {
    return outcomes.stream().reduce((a, b) -> b.objective() < a.objective() ? b : a).orElseThrow();
  }
}
