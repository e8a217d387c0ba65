package io.gristmill.curation.warc;

import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.html.Terms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netpreserve.jwarc.HttpParser;
import org.netpreserve.jwarc.MessageHeaders;

/**
 * An HTTP response as it was recorded.
 *
 * @param status the status code
 * @param mediaType of the body, lower case, without parameters; empty where none is declared
 * @param charset that the header declares; empty where it declares none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record HttpResponse(
    int status, String mediaType, String charset, MessageHeaders headers, byte[] encodedBody) {
  private static final int LONGEST_HEADER = 1 << 20;
  private static final Pattern CHARSET =
      Pattern.compile(
          ";\\s*charset\\s*=\\s*[\"']?\\s*([A-Za-z0-9_.:+-]+)", Pattern.CASE_INSENSITIVE);

  /** Parses a message; empty where it has no HTTP header. */
  public static Optional<HttpResponse> parse(byte[] message) {
    int end = endOfHeader(message);
    if (end < 0) {
      return Optional.empty();
    }
    HttpParser parser = new HttpParser();
    parser.lenientResponse();
    try {
      parser.parse(ByteBuffer.wrap(normalized(message, end)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    if (!parser.isFinished() || parser.isError()) {
      return Optional.empty();
    }
    String type = parser.headers().first("Content-Type").orElse("");
    return Optional.of(
        new HttpResponse(
            parser.status(),
            mediaType(type),
            charset(type),
            parser.headers(),
            Arrays.copyOfRange(message, end, message.length)));
  }

  /**
   * The body without its transfer and content codings.
   *
   * @throws DamagedException if a coding is broken, or gives more than {@code longest} bytes
   */
  public byte[] body(int longest, boolean truncated) throws DamagedException {
    byte[] body = encodedBody;
    if (headers
        .first("Transfer-Encoding")
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .contains("chunked")) {
      body = Chunks.join(body, truncated);
    }
    String codings = headers.first("Content-Encoding").orElse("");
    return ContentCoding.decode(body, codings, longest, truncated);
  }

  /** What the header says to robots, see {@link Terms}. */
  public String robots() {
    boolean reserved = headers.first("TDM-Reservation").orElse("").strip().equals("1");
    return Terms.robots("", headers.all("X-Robots-Tag"), reserved);
  }

  /** The media type of a {@code Content-Type}, lower case. */
  public static String mediaType(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** The charset of a {@code Content-Type}; empty where it names none. */
  public static String charset(String contentType) {
    Matcher charset = CHARSET.matcher(contentType);
    return charset.find() ? charset.group(1) : "";
  }

  private static int endOfHeader(byte[] message) {
    if (message.length < 5
        || !new String(message, 0, 5, StandardCharsets.ISO_8859_1).equals("HTTP/")) {
      return -1;
    }
    boolean empty = false;
    for (int i = 0; i < Math.min(message.length, LONGEST_HEADER); i++) {
      if (message[i] == '\n') {
        if (empty) {
          return i + 1;
        }
        empty = true;
      } else if (message[i] != '\r') {
        empty = false;
      }
    }
    return message.length <= LONGEST_HEADER ? message.length : -1;
  }

  /** The header with CRLF line ends, whatever it had, and its empty line. */
  private static byte[] normalized(byte[] message, int end) {
    String header = new String(message, 0, end, StandardCharsets.UTF_8);
    String lines = header.replaceAll("\r*\n", "\n").stripTrailing().replace("\n", "\r\n");
    return (lines + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
