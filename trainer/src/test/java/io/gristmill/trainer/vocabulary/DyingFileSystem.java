package io.gristmill.trainer.vocabulary;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** The local disk, on which a process dies after it has written so many bytes: dying:///path. */
public final class DyingFileSystem extends RawLocalFileSystem {
  private static final String BYTES = "tests.dying.bytes";
  private long left;

  static Configuration after(long bytes) {
    var configuration = new Configuration();
    configuration.setClass("fs.dying.impl", DyingFileSystem.class, FileSystem.class);
    configuration.setBoolean("fs.dying.impl.disable.cache", false);
    configuration.setLong(BYTES, bytes);
    return configuration;
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(uri, configuration);
    left = configuration.getLong(BYTES, 0);
  }

  @Override
  public URI getUri() {
    return URI.create("dying:///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    OutputStream out = super.create(file, overwrite, buffer, replication, block, progress);
    return new FSDataOutputStream(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, Math.clamp(left, 0, length));
            left -= length;
            if (left < 0) {
              throw new IOException("died");
            }
          }
        },
        null);
  }
}
