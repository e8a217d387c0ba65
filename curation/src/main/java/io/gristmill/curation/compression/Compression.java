package io.gristmill.curation.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a file is compressed, by its first bytes; names lie too often. */
enum Compression {
  NONE,
  GZIP,
  LZ4,
  ZSTD;

  static Compression of(StorageInput input) {
    byte[] head = input.peek(16);
    if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
      return GZIP;
    }
    if (head.length < 4) {
      return NONE;
    }
    int magic = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return switch (magic) {
      case Lz4Frames.MAGIC -> LZ4;
      case ZstdStream.MAGIC -> ZSTD;
      default -> {
        if ((magic & 0xfffffff0) == ZstdStream.SKIPPABLE_MAGIC) {
          yield ZSTD;
        }
        yield input.name().endsWith(".gz") && !isText(head) ? GZIP : NONE;
      }
    };
  }

  private static boolean isText(byte[] head) {
    for (byte octet : head) {
      if (octet >= 0 && octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
        return false;
      }
    }
    return true;
  }
}
