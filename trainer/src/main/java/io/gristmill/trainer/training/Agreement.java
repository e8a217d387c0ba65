package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.kernel.KernelSpeed;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the workers of a run tell each other of themselves, as they share one model. */
final class Agreement {
  private final Group group;
  private final Kernels kernels;
  private final RunFolder folder;

  Agreement(Group group, Kernels kernels, RunFolder folder) {
    this.group = group;
    this.kernels = kernels;
    this.folder = folder;
  }

  /** Stops if the workers' parameters are not the same bits: a broken machine, or our fault. */
  void requireSameParameters(Tensors parameters, long step) throws IOException {
    String mine = ParameterHash.of(parameters);
    List<byte[]> all = group.allGather(mine.getBytes(StandardCharsets.US_ASCII), step);
    for (int rank = 0; rank < all.size(); rank++) {
      String theirs = new String(all.get(rank), StandardCharsets.US_ASCII);
      if (!theirs.equals(mine)) {
        throw new TrainingStopped(
            "worker %d has other parameters than worker %d at step %d (%s, %s); one of their machines computes wrongly. %s"
                .formatted(rank, group.rank(), step, theirs, mine, folder.lastGood()));
      }
    }
  }

  /** Products of another instruction set have other bits, and these workers would share a run. */
  void requireSameInstructions(long step) throws IOException {
    String mine = kernels.instructions();
    if (mine.isEmpty()) {
      return; // 32-bit floats, of all workers: the run says it
    }
    List<byte[]> all = group.allGather(mine.getBytes(StandardCharsets.UTF_8), step);
    for (int rank = 0; rank < all.size(); rank++) {
      String theirs = new String(all.get(rank), StandardCharsets.UTF_8);
      if (!theirs.equals(mine)) {
        throw new TrainingStopped(
            "worker %d computes bf16 products with %s, worker %d with %s, which give other bits; train on machines of one kind, or set ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16 for all executors"
                .formatted(rank, theirs, group.rank(), mine));
      }
    }
  }

  /** Measures the kernels of every worker and names those that the compiler left slow. */
  List<String> slowWorkers(long step) throws IOException {
    KernelSpeed speed = KernelSpeed.measure(kernels);
    String mine = speed.isSlow() ? speed.description() : "";
    List<byte[]> all = group.allGather(mine.getBytes(StandardCharsets.UTF_8), step);
    List<String> slow = new ArrayList<>();
    for (int rank = 0; rank < all.size(); rank++) {
      String theirs = new String(all.get(rank), StandardCharsets.UTF_8);
      if (!theirs.isEmpty()) {
        slow.add(
            "worker %d computes at %s; its Java left a kernel uncompiled, or the machine is overloaded: start the executors anew if it stays so"
                .formatted(rank, theirs));
      }
    }
    return slow;
  }
}
