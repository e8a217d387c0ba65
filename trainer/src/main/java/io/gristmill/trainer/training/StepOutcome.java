package io.gristmill.trainer.training;

import java.util.List;

/**
 * What a step comes to.
 *
 * @param loss nats per token of the global batch
 * @param gradientNorm of the mean loss, before clipping; with local steps the largest of the
 *     workers'
 * @param tokens of the global batch
 * @param brokenSlots of all workers, whose own loss is not finite
 * @param workers what each told of its part, by rank
 */
record StepOutcome(
    double loss,
    double gradientNorm,
    long tokens,
    List<Integer> brokenSlots,
    List<WorkerStep> workers) {
  StepOutcome {
    brokenSlots = List.copyOf(brokenSlots);
    workers = List.copyOf(workers);
  }

  /** Whether any worker knows of such a wish: all learn of it in the same step. */
  boolean askedToStop() {
    return workers.stream().anyMatch(WorkerStep::asksToStop);
  }

  boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
