package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.Trial;
import java.util.ArrayList;
import java.util.List;

/** What came of one point of the design, filled as its trainings end. */
final class TrialResult {
  private final List<Measure> measures = new ArrayList<>();
  private final List<SizeResult.Finished> finished = new ArrayList<>();
  private final List<List<Double>> before =
      new ArrayList<>(); // one, where something was learnt before
  private TrainingMeasures.At last = new TrainingMeasures.At(0, List.of());

  void measured(Trial trial, long tokens, TrainingMeasures.At at, List<Double> losses) {
    if (at.step() == 0) {
      before.add(losses);
    } else {
      measures.add(new Measure(trial, tokens, losses));
    }
    last = at;
  }

  void finished(SizeResult.Finished training) {
    finished.add(training);
  }

  /** By rising tokens. */
  List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** In the order in which they were begun. */
  List<SizeResult.Finished> finished() {
    return List.copyOf(finished);
  }

  /** The losses of the lines before the first step. */
  List<Double> before() {
    return before.getFirst();
  }

  /** The last of its measurements. */
  TrainingMeasures.At last() {
    return last;
  }
}
