package io.gristmill.tokenization.exchange;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A little-endian file that is written from front to back, under a hidden name of the attempt's own
 * until it is complete.
 */
final class TokenOutput implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final FileSystem fileSystem;
  private final Path target;
  private final Path hidden;
  private final OutputStream out;
  private final byte[] number = new byte[8];
  private final ByteBuffer numbers = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN);
  private boolean finished;

  TokenOutput(Path target, String attempt, Configuration configuration) throws IOException {
    this.target = target;
    this.hidden = new Path(target.getParent(), ".%s.%s".formatted(target.getName(), attempt));
    this.fileSystem = target.getFileSystem(configuration);
    this.out = new BufferedOutputStream(fileSystem.create(hidden, true), BUFFER);
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void writeByte(int value) throws IOException {
    out.write(value);
  }

  void writeInt(int value) throws IOException {
    numbers.putInt(0, value);
    out.write(number, 0, 4);
  }

  void writeLong(long value) throws IOException {
    numbers.putLong(0, value);
    out.write(number, 0, 8);
  }

  /** Completes the file and gives it its name. */
  void finish() throws IOException {
    out.close();
    fileSystem.delete(target, false);
    if (!fileSystem.rename(hidden, target)) {
      throw new IOException("%s cannot be renamed to %s".formatted(hidden, target));
    }
    finished = true;
  }

  /** Removes what was written when the file was not finished. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      out.close();
      fileSystem.delete(hidden, false);
    }
  }
}
