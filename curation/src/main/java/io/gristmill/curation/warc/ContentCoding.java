package io.gristmill.curation.warc;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.gristmill.curation.compression.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** Content codings of HTTP bodies: gzip, deflate, br, zstd. */
final class ContentCoding {
  /** No server codes a body more often; some bytes decode to themselves for ever. */
  private static final int MOST_CODINGS = 4;

  private ContentCoding() {}

  /**
   * Undoes the codings that a {@code Content-Encoding} lists, last first. Crawlers often decode a
   * body and keep the header, so a body that does not look coded stays as it is.
   *
   * @throws DamagedException if a coding is broken, or gives more than {@code longest} bytes
   */
  static byte[] decode(byte[] body, String codings, int longest, boolean truncated)
      throws DamagedException {
    byte[] decoded = body;
    List<String> listed = List.of(codings.toLowerCase(Locale.ROOT).split(","));
    if (listed.size() > MOST_CODINGS) {
      throw new DamagedException(
          "http_coding_damaged",
          "the body has %d codings, more than %d".formatted(listed.size(), MOST_CODINGS));
    }
    for (String coding : listed.reversed()) {
      decoded = decodeOne(decoded, coding.strip(), longest, truncated);
    }
    return decoded;
  }

  private static byte[] decodeOne(byte[] body, String coding, int longest, boolean truncated)
      throws DamagedException {
    if (body.length == 0) {
      return body;
    }
    var in = new ByteArrayInputStream(body);
    try {
      return switch (coding) {
        case "gzip", "x-gzip" ->
            startsWith(body, 0x1f, 0x8b) ? all(new GZIPInputStream(in), longest, truncated) : body;
        case "deflate" -> looksText(body) ? body : all(inflated(body, in), longest, truncated);
        case "br" -> looksText(body) ? body : all(new BrotliInputStream(in), longest, truncated);
        case "zstd" ->
            startsWith(body, 0x28, 0xb5, 0x2f, 0xfd)
                ? all(new ZstdInputStreamNoFinalizer(in), longest, truncated)
                : body;
        default -> body;
      };
    } catch (DamagedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DamagedException(
          "http_coding_damaged", "the body is not sound %s: %s".formatted(coding, e.getMessage()));
    }
  }

  private static InputStream inflated(byte[] body, InputStream in) {
    boolean zlib =
        (body[0] & 0x0f) == 8
            && ((body[0] & 0xff) << 8 | (body[Math.min(1, body.length - 1)] & 0xff)) % 31 == 0;
    return new InflaterInputStream(in, new Inflater(!zlib));
  }

  private static byte[] all(InputStream decoded, int longest, boolean truncated)
      throws IOException {
    try (decoded) {
      var bytes = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 14];
      int read;
      while ((read = readSome(decoded, chunk, truncated && bytes.size() > 0)) >= 0) {
        bytes.write(chunk, 0, read);
        if (bytes.size() > longest) {
          throw new DamagedException(
              "record_too_long", "the body decodes to more than %d bytes".formatted(longest));
        }
      }
      return bytes.toByteArray();
    }
  }

  /** Reads; what is missing at the end of a body that was cut off is its end. */
  private static int readSome(InputStream decoded, byte[] chunk, boolean mayEnd)
      throws IOException {
    try {
      return decoded.read(chunk);
    } catch (IOException e) {
      if (mayEnd) {
        return -1;
      }
      throw e;
    }
  }

  private static boolean startsWith(byte[] body, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= body.length || (body[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a body begins as markup does: it is then not compressed. */
  private static boolean looksText(byte[] body) {
    int at = 0;
    while (at < body.length
        && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
      at++;
    }
    return at < body.length && body[at] == '<';
  }
}
