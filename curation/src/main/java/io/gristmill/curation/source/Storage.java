package io.gristmill.curation.source;

import io.gristmill.curation.compression.StorageInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Opens files on any Hadoop file system. */
public final class Storage {
  private Storage() {}

  public static StorageInput open(String path, long length, Configuration configuration) {
    try {
      Path file = new Path(path);
      FSDataInputStream stream = file.getFileSystem(configuration).open(file);
      return new StorageInput(path, new Opened(stream), length);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot open %s; was it moved or deleted after the run listed it?".formatted(path), e);
    }
  }

  private record Opened(FSDataInputStream stream) implements StorageInput.Seekable {
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return stream.read(target, from, length);
    }

    @Override
    public void seek(long offset) throws IOException {
      stream.seek(offset);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
