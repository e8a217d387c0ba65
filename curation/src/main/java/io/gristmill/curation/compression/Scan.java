package io.gristmill.curation.compression;

/** Search for a few bytes in a file. */
final class Scan {
  private Scan() {}

  /**
   * First offset in {@code [from, to)} where {@code pattern} starts; at least {@code to} where
   * there is none.
   */
  static long forward(StorageInput input, long from, long to, byte... pattern) {
    if (from >= to) {
      return to;
    }
    input.seek(from);
    int matched = 0;
    int octet;
    while ((matched > 0 || input.position() < to) && (octet = input.read()) >= 0) {
      byte value = (byte) octet;
      if (value == pattern[matched]) {
        matched++;
        if (matched == pattern.length) {
          return input.position() - pattern.length;
        }
      } else {
        // Right only for patterns whose first byte occurs once, which is so for all magic numbers.
        matched = value == pattern[0] ? 1 : 0;
      }
    }
    return to;
  }
}
