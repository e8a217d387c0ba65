package io.gristmill.curation.warc;

import io.gristmill.curation.compression.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netpreserve.jwarc.MessageHeaders;
import org.netpreserve.jwarc.WarcParser;

/**
 * The header of a record. Line ends are put right and lines that are no fields are left out, for
 * archives in the wild have both; the rest is jwarc's grammar.
 */
record HeaderBlock(MessageHeaders headers, String flaws) {
  /** A longer header is a lost record, not a header. */
  private static final int LONGEST = 1 << 20;

  /** An ARC line whose URL has spaces, which separate the columns. */
  private static final Pattern SPACED_ARC_LINE =
      Pattern.compile("(\\S+ .*\\S)( \\S+ \\d{14} \\S* \\d+)");

  /**
   * Reads a header up to and with the empty line that ends it.
   *
   * @throws DamagedException if it is not one
   */
  static HeaderBlock read(Cursor cursor) throws IOException {
    String first = line(cursor, LONGEST);
    List<String> flaws = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    if (RecordStart.isArcLine(first)) {
      Matcher spaced = SPACED_ARC_LINE.matcher(first);
      if (spaced.matches()) {
        flaws.add("uri_with_spaces");
        first = spaced.group(1).replace(" ", "%20") + spaced.group(2);
      }
      block.append(first).append('\n');
    } else {
      block.append(first).append("\r\n");
      String line = line(cursor, LONGEST);
      while (!line.isEmpty()) {
        if (line.indexOf(':') > 0 || line.startsWith(" ") || line.startsWith("\t")) {
          block.append(line).append("\r\n");
        } else {
          flaws.add("header_line_malformed");
        }
        line = line(cursor, LONGEST - block.length());
      }
      block.append("\r\n");
    }
    return parse(block.toString(), String.join(" ", flaws));
  }

  private static HeaderBlock parse(String block, String flaws) throws IOException {
    WarcParser parser = new WarcParser();
    parser.setLenient(true);
    try {
      parser.parse(ByteBuffer.wrap(block.getBytes(StandardCharsets.UTF_8)));
    } catch (RuntimeException e) {
      throw new DamagedException("warc_header_malformed", e.toString());
    }
    if (!parser.isFinished() || parser.isError()) {
      int end = block.indexOf('\r');
      String start = block.substring(0, Math.min(end < 0 ? block.length() : end, 80));
      throw new DamagedException(
          "warc_header_malformed", "the header that begins with '%s' is not one".formatted(start));
    }
    return new HeaderBlock(parser.headers(), flaws);
  }

  private static String line(Cursor cursor, int longest) throws IOException {
    var line = new ByteArrayOutputStream();
    int octet;
    while ((octet = cursor.read()) != '\n') {
      if (octet < 0) {
        throw new DamagedException("record_truncated", "the data ends inside a record's header");
      }
      if (line.size() >= longest) {
        throw new DamagedException(
            "warc_header_malformed", "no end of the header within %d bytes".formatted(LONGEST));
      }
      line.write(octet);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(0, end);
  }

  String first(String name) {
    return headers.first(name).orElse("").strip();
  }
}
