package io.gristmill.trainer.training;

import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.checkpoint.Checkpoints;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;

/**
 * Turns a finished run into one whose checkpoint of step 2 is whole but makes the loss infinite.
 */
final class NotANumber {
  private NotANumber() {}

  static TrainingRun run(TinyWorld world, String output) throws IOException {
    TrainingRun run = world.run(output);
    var checkpoints =
        new Checkpoints(new Path(run.output(), "checkpoints"), TinyWorld.CONFIGURATION);
    checkpoints.files().delete(checkpoints.folder(4), true);
    Path old = checkpoints.folder(2);
    ModelConfig model = HuggingFace.readConfig(checkpoints.files(), old);
    Tensors weights = HuggingFace.readWeights(checkpoints.files(), old, model);
    weights.of(0)[5] = Float.NaN;
    Arrays.fill(weights.of(1), Float.NaN);
    Path kept = new Path(run.output(), "kept");
    checkpoints.files().rename(old, kept);
    var writer = new CheckpointWriter(checkpoints.files(), old, Fence.none());
    for (var file : checkpoints.files().listStatus(kept)) {
      String name = file.getPath().getName();
      if (name.startsWith("optimizer") || name.startsWith("t")) {
        writer.copy(checkpoints.files(), file.getPath());
      }
    }
    HuggingFace.write(writer, model, weights, 0);
    writer.publish("broken");
    return run;
  }
}
