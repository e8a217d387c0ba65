package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.mixture.Spearman;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the predictions of mixtures compare with what was measured later.
 *
 * @param checked predictions and measured outcomes, those without a measure left out
 * @param meanAbsoluteError of the objective, nats per token; NaN where nothing was foretold
 * @param ranks Spearman's correlation of the objective; NaN of fewer than three mixtures, and where
 *     all are alike
 */
public record ForetoldMixtures(List<Checked> checked, double meanAbsoluteError, double ranks) {
  /** Two are in the right order by tossing a coin. */
  private static final int FEWEST = 3;

  public ForetoldMixtures {
    checked = List.copyOf(checked);
  }

  /** A prediction, and what came of it. */
  public record Checked(MixturePrediction predicted, MixtureOutcome measured) {
    /** How far the objective is off, as a share of what was measured. */
    public double error() {
      return predicted.objective() / measured.objective() - 1;
    }
  }

  /** Compares the ends of these trainings. */
  public static ForetoldMixtures of(MixtureFindings findings, List<Measure> measures) {
    var checked = new ArrayList<Checked>();
    for (MixturePrediction own : findings.predictions()) {
      List<List<Double>> losses =
          measures.stream()
              .filter(
                  measure ->
                      measure.tokens() == findings.tokens()
                          && measure.trial().weights().equals(own.weights()))
              .map(Measure::losses)
              .toList();
      if (!losses.isEmpty()) {
        checked.add(
            new Checked(
                own,
                MixtureAnalysis.outcome(
                    own.mixture(), own.weights(), losses, findings::objective)));
      }
    }
    double[] predicted = checked.stream().mapToDouble(own -> own.predicted().objective()).toArray();
    double[] measured = checked.stream().mapToDouble(own -> own.measured().objective()).toArray();
    return new ForetoldMixtures(
        checked,
        IntStream.range(0, predicted.length)
            .mapToDouble(i -> Math.abs(predicted[i] - measured[i]))
            .average()
            .orElse(Double.NaN),
        predicted.length < FEWEST ? Double.NaN : Spearman.correlation(predicted, measured));
  }
}
