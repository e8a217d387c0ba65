package io.gristmill.curation.compression;

/** Search for a few bytes in a file. */
final class Scan {
  private Scan() {}

  /** First offset from {@code from} on where {@code pattern} lies, or the length of the file. */
  static long forward(StorageInput input, long from, byte... pattern) {
    if (from >= input.length()) {
      return input.length();
    }
    input.seek(from);
    int matched = 0;
    int octet;
    while ((octet = input.read()) >= 0) {
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
    return input.length();
  }
}
