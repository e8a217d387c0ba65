package io.gristmill.trainer.training;

import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.collective.Group;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** All that workers hold beside the parameters, in the files of a checkpoint. */
final class WorkerState {
  private final Group group;
  private final List<StateFile> files;

  /**
   * @param files the same ones on every worker, in the same order
   */
  WorkerState(Group group, List<StateFile> files) {
    this.group = group;
    this.files = List.copyOf(files);
  }

  /** Worker 0: writes all files, with what the others {@link #deliver}. */
  void collect(CheckpointWriter writer, long step) throws IOException {
    for (StateFile file : files) {
      file.collect(writer, group, step);
    }
  }

  /** Every other worker: sends what it holds to worker 0. */
  void deliver(long step) throws IOException {
    for (StateFile file : files) {
      file.deliver(group, step);
    }
  }

  /** Reads what this worker is to hold from a checkpoint. */
  void read(FileSystem system, Path folder) throws IOException {
    for (StateFile file : files) {
      file.read(system, folder, group.rank());
    }
  }
}
