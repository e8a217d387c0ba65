package io.gristmill.trainer.training;

import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the weights of the components follow, in nats per token. */
interface ComponentScores {
  /** The score of each component under these parameters, the same bits on every worker. */
  List<Double> measure(Tensors parameters, long step) throws IOException;

  /** Held-out loss - target: below 0 where the target is reached. */
  static ComponentScores aboveTargets(
      HeldOutLoss heldOut, ComponentLosses components, List<Double> targets) {
    return (parameters, step) -> {
      List<Double> losses = components.of(heldOut.measure(parameters, step));
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < losses.size(); i++) {
        scores.add(losses.get(i) - targets.get(i));
      }
      return scores;
    };
  }

  /**
   * The mean over held-out tokens of max(loss - reference loss, 0).
   *
   * @param reference losses of this worker's tokens, as {@link HeldOutLoss#tokenLosses} gives them
   */
  static ComponentScores excess(
      HeldOutLoss heldOut, ComponentLosses components, float[][] reference) {
    return (parameters, step) -> {
      Validation excess = heldOut.excess(parameters, reference, step);
      return components.of(excess);
    };
  }
}
