package io.gristmill.curation.compression;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The bytes of one file with their offsets. Errors of the storage are thrown unchecked: they say
 * nothing about the data, so a reader that forgives damaged data must not forgive them.
 */
public final class StorageInput extends InputStream {
  /** A stream that can go to an offset, such as Hadoop's {@code FSDataInputStream}. */
  public interface Seekable extends Closeable {
    /** Reads up to {@code length} bytes; -1 at the end. */
    int read(byte[] target, int from, int length) throws IOException;

    /** Goes to an offset in bytes. */
    void seek(long offset) throws IOException;
  }

  private final String name;
  private final Seekable stream;
  private final long length;
  private final byte[] buffer = new byte[1 << 16];
  private long bufferStart;
  private int bufferEnd;
  private int next;

  /**
   * @param name the file's name, for errors
   * @param length the file's length in bytes, as listed
   */
  public StorageInput(String name, Seekable stream, long length) {
    this.name = name;
    this.stream = stream;
    this.length = length;
  }

  /**
   * The bytes {@code [from, to)} with their offsets in the file, which for it ends there. Closing
   * the part leaves the file open; of several parts only one can be read at a time.
   */
  public StorageInput part(long from, long to) {
    var part = new StorageInput(name, new Unclosed(stream), to);
    part.seekStream(from);
    return part;
  }

  private record Unclosed(Seekable stream) implements Seekable {
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return stream.read(target, from, length);
    }

    @Override
    public void seek(long offset) throws IOException {
      stream.seek(offset);
    }

    @Override
    public void close() {}
  }

  /** Name of the file. */
  String name() {
    return name;
  }

  /** Length of the file in bytes. */
  public long length() {
    return length;
  }

  /** Offset of the next byte. */
  public long position() {
    return bufferStart + next;
  }

  /** Goes to an offset; cheap where the buffer covers it. */
  public void seek(long offset) {
    if (offset >= bufferStart && offset <= bufferStart + bufferEnd) {
      next = (int) (offset - bufferStart);
      return;
    }
    seekStream(offset);
  }

  private void seekStream(long offset) {
    try {
      stream.seek(offset);
    } catch (EOFException e) {
      throw new UncheckedIOException("%s is shorter than listed".formatted(name), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot seek in %s to byte %d".formatted(name, offset), e);
    }
    bufferStart = offset;
    bufferEnd = 0;
    next = 0;
  }

  /** Up to {@code count} of the next bytes, which stay unread; fewer at the end of the file. */
  public byte[] peek(int count) {
    long from = position();
    byte[] bytes = new byte[count];
    int filled = readUpTo(bytes, 0, count);
    seek(from);
    return filled == count ? bytes : Arrays.copyOf(bytes, filled);
  }

  /** Fills {@code target} as far as the file goes and says how far that was. */
  public int readUpTo(byte[] target, int from, int count) {
    int filled = 0;
    while (filled < count) {
      int read = read(target, from + filled, count - filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  @Override
  public int read() {
    return next < bufferEnd || fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int from, int count) {
    if (count == 0) {
      return 0;
    }
    if (next >= bufferEnd && !fill()) {
      return -1;
    }
    int copied = Math.min(count, bufferEnd - next);
    System.arraycopy(buffer, next, target, from, copied);
    next += copied;
    return copied;
  }

  @Override
  public int available() {
    return bufferEnd - next;
  }

  private boolean fill() {
    bufferStart += bufferEnd;
    bufferEnd = 0;
    next = 0;
    long left = length - bufferStart;
    if (left <= 0) {
      return false; // what was appended after the listing belongs to the next run
    }
    try {
      int read = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read <= 0) {
        throw new EOFException("ends at byte %d of %d".formatted(bufferStart, length));
      }
      bufferEnd = read;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s at byte %d".formatted(name, bufferStart), e);
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close %s".formatted(name), e);
    }
  }
}
