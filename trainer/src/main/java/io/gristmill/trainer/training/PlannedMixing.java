package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.model.Tensors;
import java.util.List;

/** The mixture says it all. */
record PlannedMixing() implements Mixing {
  @Override
  public List<ObjectNode> begin(long step, RunFolder folder) {
    return List.of();
  }

  @Override
  public List<ObjectNode> after(long step, Tensors parameters) {
    return List.of();
  }

  @Override
  public void save(CheckpointWriter writer) {}

  @Override
  public List<String> finish(RunFolder folder) {
    return List.of();
  }
}
