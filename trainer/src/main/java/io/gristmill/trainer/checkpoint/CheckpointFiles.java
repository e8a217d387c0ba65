package io.gristmill.trainer.checkpoint;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The file systems that runs are written to. */
public final class CheckpointFiles {
  private CheckpointFiles() {}

  /**
   * The file system of {@code path}. On a local disk without Hadoop's hidden {@code .crc} files, as
   * checkpoints have checksums of their own and other programs read them.
   */
  public static FileSystem system(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
