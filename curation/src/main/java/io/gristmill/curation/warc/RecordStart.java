package io.gristmill.curation.warc;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How records start: with a WARC version, or with the one line that is an ARC record's header. */
public final class RecordStart {
  /** URL, address, date, type, length; version 2 has more columns between. */
  private static final Pattern ARC_LINE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,20}:\\S.* \\S+ \\d{12,17} .*\\d+\\s*");

  private static final int LONGEST_LINE = 8 << 10;

  private RecordStart() {}

  /**
   * Whether a record may start here; {@code count} bytes are filled, perhaps not to the line's end.
   */
  public static boolean test(byte[] bytes, int count) {
    int from = 0;
    while (from < count && (bytes[from] == '\r' || bytes[from] == '\n')) {
      from++;
    }
    if (count - from >= 6
        && new String(bytes, from, 5, StandardCharsets.ISO_8859_1).equals("WARC/")) {
      return bytes[from + 5] >= '0' && bytes[from + 5] <= '9';
    }
    for (int to = from; to < Math.min(count, from + LONGEST_LINE); to++) {
      if (bytes[to] == '\n') {
        return isArcLine(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
      }
    }
    return false;
  }

  static boolean isArcLine(String line) {
    return ARC_LINE.matcher(line).matches();
  }
}
