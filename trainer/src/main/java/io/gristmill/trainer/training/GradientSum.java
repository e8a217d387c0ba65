package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums the gradients of the workers, or whatever has their shape, and what compression takes away
 * from those of this worker until it is sent.
 */
final class GradientSum {
  private static final String ERRORS = "optimizer-compression-error";

  private final Group group;
  private final Compression compression;
  private final ParameterLayout layout;
  private final List<Tensors> errors; // one where they are fed back, else none

  GradientSum(Group group, Compression compression, ParameterLayout layout) {
    this.group = group;
    this.compression = compression;
    this.layout = layout;
    this.errors =
        compression.feedsErrorsBack() ? List.of(Tensors.zeros(layout)) : List.<Tensors>of();
  }

  /** The sum over all workers, in place of this worker's shard. */
  void reduceScatter(Tensors gradients, long step) throws IOException {
    var vector = new TensorVector(gradients);
    if (!compression.on()) {
      group.reduceScatter(vector, step);
    } else if (errors.isEmpty()) {
      group.reduceScatter(vector, compression, step);
    } else {
      group.reduceScatter(vector, compression, new TensorVector(errors.getFirst()), step);
    }
  }

  /** The errors of every worker, without which a resumed run would lose them. */
  List<StateFile> files() {
    List<StateFile> files = new ArrayList<>();
    for (Tensors own : errors) {
      for (int worker = 0; worker < group.size(); worker++) {
        files.add(
            StateFile.whole(
                Moments.ofWorker(ERRORS, worker),
                layout,
                worker,
                tensor -> true,
                new TensorVector(own)));
      }
    }
    return files;
  }

  /** Bytes that a worker keeps. */
  static long bytes(ParameterLayout layout, Compression compression) {
    return compression.feedsErrorsBack() ? Float.BYTES * layout.size() : 0;
  }
}
