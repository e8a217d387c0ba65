package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.List;

/**
 * Who says which sequences come next, as far as the mixture does not. Every worker asks at the same
 * steps; lines that are returned are for the metrics.
 */
sealed interface Mixing permits PlannedMixing, OnlineMixing {
  /** Before the first step, or on from the checkpoint at {@code step}. */
  List<ObjectNode> begin(long step, RunFolder folder) throws IOException;

  /** After {@code step} updates, which made these parameters. */
  List<ObjectNode> after(long step, Tensors parameters) throws IOException;

  /** Adds to a checkpoint what {@link #begin} reads. */
  void save(CheckpointWriter writer) throws IOException;

  /** After the last step, on worker 0 only; what people may want to know. */
  List<String> finish(RunFolder folder) throws IOException;
}
