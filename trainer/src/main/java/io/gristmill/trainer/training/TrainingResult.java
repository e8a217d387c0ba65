package io.gristmill.trainer.training;

import io.gristmill.trainer.evaluation.BestLoss;
import java.io.Serializable;
import java.util.List;

/**
 * How a run ended.
 *
 * @param steps updates done
 * @param tokens trained on
 * @param loss of the last step, nats per token
 * @param best lowest validation loss of each language
 * @param checkpoint folder of the last checkpoint
 */
public record TrainingResult(
    long steps, long tokens, double loss, List<BestLoss> best, String checkpoint)
    implements Serializable {
  public TrainingResult {
    best = List.copyOf(best);
  }
}
