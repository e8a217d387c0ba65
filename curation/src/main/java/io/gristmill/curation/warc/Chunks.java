package io.gristmill.curation.warc;

import io.gristmill.curation.compression.DamagedException;
import java.io.ByteArrayOutputStream;

/** The chunked transfer coding (RFC 9112, section 7.1). */
final class Chunks {
  private static final int LONGEST_SIZE_LINE = 1 << 10;

  private Chunks() {}

  /**
   * Joins the chunks of a body. A body that does not begin with a chunk is not chunked: many
   * crawlers decode it and keep the header.
   *
   * @param truncated the crawler cut it off, so that chunks may be missing
   * @throws DamagedException if a later chunk is broken
   */
  static byte[] join(byte[] body, boolean truncated) throws DamagedException {
    var joined = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (at < body.length) {
      int lineEnd = lineEnd(body, at);
      long size = lineEnd < 0 ? -1 : size(body, at, lineEnd);
      if (size < 0) {
        if (at == 0) {
          return body;
        }
        if (truncated) {
          break;
        }
        throw new DamagedException(
            "http_chunk_damaged", "byte %d of the body is not the size of a chunk".formatted(at));
      }
      if (size == 0) {
        break;
      }
      int start = lineEnd + 1;
      int count = (int) Math.min(size, body.length - start);
      joined.write(body, start, count);
      if (count < size && !truncated) {
        throw new DamagedException(
            "http_chunk_damaged",
            "%d bytes of the chunk at byte %d of the body are missing".formatted(size - count, at));
      }
      at = afterLineEnd(body, start + count);
    }
    return joined.toByteArray();
  }

  private static int lineEnd(byte[] body, int from) {
    for (int i = from; i < Math.min(body.length, from + LONGEST_SIZE_LINE); i++) {
      if (body[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The number before the line's end and any extension; -1 if there is none. */
  private static long size(byte[] body, int from, int lineEnd) {
    long size = 0;
    int digits = 0;
    for (int i = from; i < lineEnd; i++) {
      int digit = Character.digit(body[i], 16);
      if (digit >= 0 && digits < 15) {
        size = size << 4 | digit;
        digits++;
      } else if (digits > 0 && (body[i] == '\r' || body[i] == ';' || body[i] == ' ')) {
        return size;
      } else {
        return -1;
      }
    }
    return digits > 0 ? size : -1;
  }

  private static int afterLineEnd(byte[] body, int at) {
    int next = at;
    while (next < body.length && (body[next] == '\r' || body[next] == '\n')) {
      next++;
    }
    return next;
  }
}
