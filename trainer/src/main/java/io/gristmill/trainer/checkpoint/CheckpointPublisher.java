package io.gristmill.trainer.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Writes and publishes the checkpoints of a run. Those on a disk of this machine are written where
 * they stay. Those of a storage elsewhere are gathered in the folder for temporary files, which the
 * workers wait for, and brought to the storage while they train on; one at a time, so a slow
 * storage delays the next checkpoint.
 */
public final class CheckpointPublisher implements Closeable {
  private final Checkpoints checkpoints;
  private final Optional<Path> spool; // on the disk of this machine
  private final FileSystem disk;
  private Optional<FutureTask<Long>> upload = Optional.empty();

  public CheckpointPublisher(Checkpoints checkpoints, Configuration configuration)
      throws IOException {
    this.checkpoints = checkpoints;
    this.disk = CheckpointFiles.system(new Path("file:///"), configuration);
    this.spool =
        checkpoints.files() instanceof RawLocalFileSystem
                && checkpoints.files().getUri().equals(disk.getUri())
            ? Optional.empty()
            : Optional.of(spool(checkpoints.folder(0).getParent()));
  }

  /** The same for all attempts at a run, so that what a killed one leaves is used up. */
  private static Path spool(Path checkpoints) {
    byte[] name = Manifest.digest().digest(checkpoints.toString().getBytes(StandardCharsets.UTF_8));
    String folder = "gristmill-checkpoint-" + HexFormat.of().formatHex(name, 0, 8);
    java.nio.file.Path temporary = java.nio.file.Path.of(System.getProperty("java.io.tmpdir"));
    return new Path(temporary.resolve(folder).toUri());
  }

  /**
   * Begins a checkpoint; the one before must have been waited for.
   *
   * @throws IOException if another attempt has begun since the fence was raised
   */
  public CheckpointWriter begin(long step, Fence fence) throws IOException {
    if (upload.isPresent()) {
      throw new IllegalStateException(
          "the checkpoint before step %d was not waited for".formatted(step));
    }
    Path folder = checkpoints.folder(step);
    if (spool.isEmpty()) {
      return new CheckpointWriter(checkpoints.files(), folder, fence);
    }
    fence.check(checkpoints.files(), folder.getParent());
    disk.delete(spool.get(), true);
    return new CheckpointWriter(disk, new Path(spool.get(), folder.getName()), Fence.none());
  }

  /**
   * Publishes what was written since {@link #begin}, and removes the oldest checkpoints; of a
   * storage elsewhere it only begins to.
   *
   * @param keep of the newest ones
   * @param always steps whose checkpoints are not removed
   */
  public void publish(
      CheckpointWriter written,
      long step,
      String fingerprint,
      Fence fence,
      int keep,
      Set<Long> always)
      throws IOException {
    written.publish(fingerprint);
    var task =
        new FutureTask<>(
            () -> {
              if (spool.isPresent()) {
                bring(new Path(spool.get(), checkpoints.folder(step).getName()), step, fence);
              }
              checkpoints.prune(keep, always);
              return step;
            });
    upload = Optional.of(task);
    if (spool.isPresent()) {
      Thread.ofPlatform().daemon().name("checkpoint").start(task);
    } else {
      task.run();
    }
  }

  private void bring(Path from, long step, Fence fence) throws IOException {
    Manifest manifest = Manifest.read(disk, from);
    var writer = new CheckpointWriter(checkpoints.files(), checkpoints.folder(step), fence);
    for (Manifest.Entry file : manifest.files()) {
      writer.copy(disk, new Path(from, file.path()));
    }
    writer.publish(manifest.fingerprint());
    disk.delete(from.getParent(), true);
  }

  /** The step of a checkpoint that has been published since this was last asked. */
  public Optional<Long> published() throws IOException {
    return upload.isPresent() && upload.get().isDone() ? await() : Optional.empty();
  }

  /**
   * Waits until what was begun is published.
   *
   * @return its step; none if there is nothing, or it has been told of
   * @throws IOException if it could not be
   */
  public Optional<Long> await() throws IOException {
    Optional<FutureTask<Long>> last = upload;
    upload = Optional.empty();
    try {
      return last.isPresent() ? Optional.of(last.get().get()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a checkpoint was brought to its storage");
    } catch (ExecutionException e) {
      throw new IOException("a checkpoint was not published: " + e.getCause(), e);
    }
  }

  /** Waits for the last one, so that nothing is written after the run's end. */
  @Override
  public void close() throws IOException {
    await();
  }
}
