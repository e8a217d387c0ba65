package io.gristmill.curation.charset;

/**
 * How far bytes are UTF-8.
 *
 * @param sequences well-formed sequences of two to four bytes
 * @param malformed bytes that are part of none
 */
record Utf8Check(int sequences, int malformed) {
  static Utf8Check of(byte[] bytes) {
    int sequences = 0;
    int malformed = 0;
    int at = 0;
    while (at < bytes.length) {
      int lead = bytes[at] & 0xff;
      if (lead < 0x80) {
        at++;
        continue;
      }
      int length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (length > 0 && continues(bytes, at, length)) {
        sequences++;
        at += length;
      } else {
        malformed++;
        at++;
      }
    }
    return new Utf8Check(sequences, malformed);
  }

  private static boolean continues(byte[] bytes, int at, int length) {
    if (at + length > bytes.length) {
      return false;
    }
    int second = bytes[at + 1] & 0xff;
    boolean inRange =
        switch (bytes[at] & 0xff) {
          case 0xe0 -> second >= 0xa0 && second < 0xc0;
          case 0xed -> second >= 0x80 && second < 0xa0; // no surrogates
          case 0xf0 -> second >= 0x90 && second < 0xc0;
          case 0xf4 -> second >= 0x80 && second < 0x90;
          default -> second >= 0x80 && second < 0xc0;
        };
    for (int i = 2; i < length; i++) {
      inRange &= (bytes[at + i] & 0xc0) == 0x80;
    }
    return inRange;
  }

  /** No byte above 127. */
  boolean ascii() {
    return sequences + malformed == 0;
  }

  /** All of it, or all but a few broken characters in much good text. */
  boolean holds() {
    return malformed == 0 || sequences >= 50L * malformed;
  }
}
