package io.gristmill.tokenization.exchange;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads a file of little-endian numbers from a byte on. */
final class LittleEndianInput implements Closeable {
  private static final int BUFFER = 1 << 18;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final FSDataInputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private long bufferAt;
  private int next;
  private int end;

  LittleEndianInput(FileSystem fileSystem, Path path, long from) throws IOException {
    this.path = path;
    this.in = fileSystem.open(path);
    this.bufferAt = from;
    in.seek(from);
  }

  /** The byte that is read next. */
  long position() {
    return bufferAt + next;
  }

  byte[] bytes(int count) throws IOException {
    require(count);
    next += count;
    return Arrays.copyOfRange(buffer, next - count, next);
  }

  int nextByte() throws IOException {
    require(1);
    return buffer[next++] & 0xff;
  }

  int nextUnsignedShort() throws IOException {
    require(2);
    next += 2;
    return (short) SHORTS.get(buffer, next - 2) & 0xffff;
  }

  int nextInt() throws IOException {
    require(4);
    next += 4;
    return (int) INTS.get(buffer, next - 4);
  }

  long nextLong() throws IOException {
    require(8);
    next += 8;
    return (long) LONGS.get(buffer, next - 8);
  }

  private void require(int count) throws IOException {
    if (end - next >= count) {
      return;
    }
    System.arraycopy(buffer, next, buffer, 0, end - next);
    bufferAt += next;
    end -= next;
    next = 0;
    while (end < count) {
      int read = in.read(buffer, end, BUFFER - end);
      if (read < 0) {
        throw new EOFException(
            "%s ends at byte %d, in the middle of a number; copy the file again"
                .formatted(path, bufferAt + end));
      }
      end += read;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
