package io.gristmill.curation.quality;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The bytes of a model's file in order, numbers little-endian. Whatever is wrong with them is an
 * {@link IllegalArgumentException} that names the file, what was read and the byte where it stands.
 */
public final class ModelInput implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final InputStream in;
  private final String file;
  private final long length;
  private final byte[] bytes = new byte[1 << 16];
  private long position;

  public ModelInput(InputStream in, String file, long length) {
    this.in = in;
    this.file = file;
    this.length = length;
  }

  /**
   * Opens a file on any Hadoop file system.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ModelInput open(Path path, Configuration hadoop) {
    FileStatus status = status(path, hadoop);
    try {
      return new ModelInput(
          new BufferedInputStream(path.getFileSystem(hadoop).open(path), BUFFER),
          path.toString(),
          status.getLen());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open %s".formatted(path), e);
    }
  }

  /**
   * Looks for the file of a model.
   *
   * @throws IllegalArgumentException if there is none
   */
  static FileStatus status(Path path, Configuration hadoop) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        throw new IllegalArgumentException("%s: no such model".formatted(path));
      }
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new IllegalArgumentException(
            "%s is a folder, must be the file of a model".formatted(path));
      }
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open %s".formatted(path), e);
    }
  }

  /** The file, as errors name it. */
  public String file() {
    return file;
  }

  /** Bytes read. */
  public long position() {
    return position;
  }

  /** Bytes of the file that are left. */
  public long left() {
    return length - position;
  }

  public int int32(String what) {
    fill(4, what);
    return int32At(0);
  }

  public long int64(String what) {
    fill(8, what);
    return (int32At(0) & 0xFFFFFFFFL) | ((long) int32At(4) << 32);
  }

  public float float32(String what) {
    return Float.intBitsToFloat(int32(what));
  }

  public double float64(String what) {
    return Double.longBitsToDouble(int64(what));
  }

  public int uint8(String what) {
    fill(1, what);
    return bytes[0] & 0xFF;
  }

  /** Fills an array. */
  public void floats(float[] to, int from, int count, String what) {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, bytes.length / 4);
      fill(part * 4, what);
      for (int i = 0; i < part; i++) {
        to[from + done + i] = Float.intBitsToFloat(int32At(4 * i));
      }
      done += part;
    }
  }

  /** Fills an array. */
  public void longs(long[] to, String what) {
    for (int done = 0; done < to.length; ) {
      int part = Math.min(to.length - done, bytes.length / 8);
      fill(part * 8, what);
      for (int i = 0; i < part; i++) {
        to[done + i] = (int32At(8 * i) & 0xFFFFFFFFL) | ((long) int32At(8 * i + 4) << 32);
      }
      done += part;
    }
  }

  /** Some bytes. */
  public byte[] bytes(int count, String what) {
    byte[] read = new byte[checked(count, 1, what)];
    read(read, count, what);
    return read;
  }

  /** Bytes that mean nothing here. */
  public void skip(long count, String what) {
    for (long done = 0; done < count; ) {
      int part = (int) Math.min(count - done, bytes.length);
      fill(part, what);
      done += part;
    }
  }

  /** A count of things that follow, which must fit into what is left of the file. */
  public int count(long count, int bytesEach, String what) {
    return checked(count, bytesEach, what);
  }

  /** What is wrong with what was read last. */
  public IllegalArgumentException wrong(String what, long value, String mend) {
    return new IllegalArgumentException(
        "%s: %s before byte %d is %d, %s".formatted(file, what, position, value, mend));
  }

  /**
   * Says that the file should have ended.
   *
   * @throws IllegalArgumentException if it goes on
   */
  public void end() {
    if (left() > 0) {
      throw new IllegalArgumentException(
          "%s: %d bytes too many at byte %d; copy the file again"
              .formatted(file, left(), position));
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close %s".formatted(file), e);
    }
  }

  private int checked(long count, int bytesEach, String what) {
    if (count < 0 || count > Integer.MAX_VALUE - 8) {
      throw wrong(what, count, "must be 0 to %d; copy the file again".formatted(Integer.MAX_VALUE));
    }
    if (count * bytesEach > left()) {
      throw wrong(
          what,
          count,
          "which needs %d bytes where %d are left; the file was cut short, copy it again"
              .formatted(count * bytesEach, left()));
    }
    return (int) count;
  }

  private int int32At(int at) {
    return (bytes[at] & 0xFF)
        | ((bytes[at + 1] & 0xFF) << 8)
        | ((bytes[at + 2] & 0xFF) << 16)
        | ((bytes[at + 3] & 0xFF) << 24);
  }

  private void fill(int count, String what) {
    read(bytes, count, what);
  }

  private void read(byte[] to, int count, String what) {
    try {
      if (in.readNBytes(to, 0, count) < count) {
        throw new EOFException();
      }
      position += count;
    } catch (EOFException e) {
      throw new IllegalArgumentException(
          "%s: %s at byte %d is cut short; copy the file again".formatted(file, what, position), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }
}
