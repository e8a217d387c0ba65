package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The optimizer's moments in a checkpoint: a safetensors file for the first, which may be Muon's
 * momentum, and one for the second, of the tensors that have it.
 */
final class Moments {
  private static final List<String> NAMES =
      List.of("optimizer-first-moment", "optimizer-second-moment");
  static final String EXTENSION = ".safetensors";

  private Moments() {}

  /**
   * Of an optimizer whose state is divided among the workers.
   *
   * @param optimizer of this worker's shard
   */
  static List<StateFile> sharded(
      ParameterLayout layout, VectorShards shards, ShardOptimizer optimizer) {
    List<StateFile> files = new ArrayList<>();
    for (int moment = 0; moment < NAMES.size(); moment++) {
      int which = moment;
      files.add(
          StateFile.sharded(
              NAMES.get(moment) + EXTENSION,
              layout,
              shards,
              tensor -> optimizer.hasMoment(which, tensor),
              new SliceVector(layout, optimizer.slices(moment))));
    }
    return files;
  }

  /**
   * Of optimizers of which every worker has its own, of all parameters.
   *
   * @param optimizer of this worker
   */
  static List<StateFile> ofEveryWorker(
      ParameterLayout layout, Group group, ShardOptimizer optimizer) {
    List<StateFile> files = new ArrayList<>();
    for (int worker = 0; worker < group.size(); worker++) {
      for (int moment = 0; moment < NAMES.size(); moment++) {
        int which = moment;
        files.add(
            StateFile.whole(
                ofWorker(NAMES.get(moment), worker),
                layout,
                worker,
                tensor -> optimizer.hasMoment(which, tensor),
                new SliceVector(layout, optimizer.slices(moment))));
      }
    }
    return files;
  }

  /** {@code NAME-worker-00003.safetensors}. */
  static String ofWorker(String name, int worker) {
    return "%s-worker-%05d%s".formatted(name, worker, EXTENSION);
  }
}
