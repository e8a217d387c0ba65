package io.gristmill.trainer.training;

import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.List;

/** How the gradients of all workers become new parameters. */
sealed interface ModelUpdate permits Update, LocalUpdate {
  /** Training begins or goes on from these parameters, the same ones on all workers. */
  void begin(Tensors parameters);

  /**
   * Learns what the step comes to; {@code gradients} are then as {@link #apply} wants them.
   *
   * @param own this worker's part
   * @param step from 1
   */
  StepOutcome reduce(Tensors gradients, SlotLosses losses, WorkerStep own, long step)
      throws IOException;

  /**
   * Updates the parameters; {@code gradients} hold other things afterwards.
   *
   * @param updates made so far, this one included; fewer than steps where some were skipped
   */
  void apply(
      Tensors parameters,
      Tensors gradients,
      StepOutcome outcome,
      double learningRate,
      long step,
      long updates)
      throws IOException;

  /** Whether all workers have the same parameters after this step. */
  boolean agreesAfter(long step);

  /** What a checkpoint must hold for it. */
  List<StateFile> files();
}
