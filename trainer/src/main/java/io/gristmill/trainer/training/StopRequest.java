package io.gristmill.trainer.training;

import io.gristmill.trainer.checkpoint.CheckpointFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The wish that a run, or one attempt at it, ends after the step that it is at: an empty file in
 * its output folder, so that anybody who sees the folder can make it, from any machine.
 */
public final class StopRequest {
  private static final String NAME = "_STOP";

  private final FileSystem files;
  private final Path path;

  private StopRequest(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * @param output folder of the run
   */
  public static StopRequest in(Path output, Configuration configuration) throws IOException {
    return new StopRequest(CheckpointFiles.system(output, configuration), new Path(output, NAME));
  }

  /**
   * The wish that one attempt ends, as the next would have more workers.
   *
   * @param attempt its name
   */
  public static StopRequest ofAttempt(Path output, String attempt, Configuration configuration)
      throws IOException {
    return new StopRequest(
        CheckpointFiles.system(output, configuration), new Path(output, NAME + "-" + attempt));
  }

  /** Makes the wish. */
  public void make() throws IOException {
    files.create(path, true).close();
  }

  public boolean isMade() throws IOException {
    return files.exists(path);
  }

  /** Takes it back: it has been followed, or is older than the run. */
  public void withdraw() throws IOException {
    files.delete(path, false);
  }
}
