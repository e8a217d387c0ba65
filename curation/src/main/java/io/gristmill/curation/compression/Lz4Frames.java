package io.gristmill.curation.compression;

import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** Frames of an LZ4 file, decompressed by commons-compress. */
final class Lz4Frames extends Members {
  static final int MAGIC = 0x184D2204;

  private FramedLZ4CompressorInputStream frame;
  private boolean ended = true;

  Lz4Frames(StorageInput input) {
    super(input);
  }

  @Override
  boolean openMember() throws IOException {
    ended = true;
    try {
      frame = new FramedLZ4CompressorInputStream(unclosed(), false);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    ended = false;
    return true;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (ended) {
      return -1;
    }
    try {
      int read = frame.read(target, from, count);
      ended = read < 0;
      return read;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  @Override
  public long recover(Start recordStart) throws IOException {
    long candidate = start() + 1;
    while (true) {
      candidate =
          Scan.forward(
              input, candidate, length(), (byte) 0x04, (byte) 0x22, (byte) 0x4d, (byte) 0x18);
      if (candidate == length() || verified(candidate)) {
        ended = true;
        input.seek(candidate);
        return candidate;
      }
      candidate++;
    }
  }

  private boolean verified(long candidate) {
    input.seek(candidate);
    try {
      return next() && read(new byte[START_BYTES], 0, START_BYTES) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private FilterInputStream unclosed() {
    return new FilterInputStream(input) {
      @Override
      public void close() {}
    };
  }

  private static DamagedException damaged(Exception e) {
    if (e instanceof java.io.UncheckedIOException storage) {
      throw storage;
    }
    String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new DamagedException("lz4_damaged", detail);
  }
}
