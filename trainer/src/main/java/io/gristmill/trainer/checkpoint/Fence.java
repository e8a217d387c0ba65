package io.gristmill.trainer.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Keeps an attempt that was given up for lost from publishing checkpoints when it wakes. Whoever
 * begins an attempt raises a new fence, a small file beside the checkpoints; an attempt whose name
 * is no longer in it publishes nothing.
 *
 * @param attempt the name, or empty for a run that nobody restarts
 */
public record Fence(String attempt) {
  private static final String NAME = "_ATTEMPT";

  /** No fence: a run in one process. */
  public static Fence none() {
    return new Fence("");
  }

  /** Writes the fence into {@code folder}; earlier attempts are now outside. */
  public void raise(Path folder, Configuration configuration) throws IOException {
    FileSystem files = CheckpointFiles.system(folder, configuration);
    files.mkdirs(folder);
    try (OutputStream out = files.create(new Path(folder, NAME), true)) {
      out.write(attempt.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * @throws IOException if another attempt has begun since
   */
  void check(FileSystem files, Path folder) throws IOException {
    if (!attempt.isEmpty()) {
      Optional<String> current = current(files, folder);
      if (!current.equals(Optional.of(attempt))) {
        throw new IOException(
            "attempt %s of this run is no longer the one that may write to %s; %s is"
                .formatted(attempt, folder, current.orElse("none")));
      }
    }
  }

  /** Whether no other attempt has begun since. */
  public boolean isRaised(Path folder, Configuration configuration) throws IOException {
    return current(CheckpointFiles.system(folder, configuration), folder)
        .equals(Optional.of(attempt));
  }

  private static Optional<String> current(FileSystem files, Path folder) throws IOException {
    try (InputStream in = files.open(new Path(folder, NAME))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
