package io.gristmill.curation.compression;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;

/** A zstd file, all its frames as one member. */
final class ZstdStream extends Members {
  static final int MAGIC = 0xFD2FB528;
  static final int SKIPPABLE_MAGIC = 0x184D2A50;

  private ZstdInputStreamNoFinalizer stream;

  ZstdStream(StorageInput input) {
    super(input);
  }

  @Override
  boolean openMember() throws IOException {
    stream =
        new ZstdInputStreamNoFinalizer(
            new FilterInputStream(input) {
              @Override
              public void close() {}
            });
    return true;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    try {
      return stream.read(target, from, count);
    } catch (IOException e) {
      throw new DamagedException("zstd_damaged", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long recover(Start recordStart) {
    input.seek(length());
    return length();
  }

  @Override
  void closeMember() {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
