package io.gristmill.trainer.generation;

/**
 * How far into a UTF-8 character some bytes end (Unicode 16.0, table 3-7). Tokens of a byte-level
 * vocabulary may begin or end inside a character; this tells which of them may follow.
 *
 * @param missing continuation bytes that the character still needs
 * @param low least value of the next byte
 * @param high greatest value of the next byte
 */
record Utf8State(int missing, int low, int high) {
  /** Between characters. */
  static final Utf8State WHOLE = new Utf8State(0, 0, 0xFF);

  private static final Utf8State BROKEN = new Utf8State(-1, 0, -1);

  /** After these bytes too; {@link #valid} tells whether they may follow. */
  Utf8State after(byte[] bytes) {
    Utf8State state = this;
    for (int i = 0; i < bytes.length && state.valid(); i++) {
      state = state.after(bytes[i] & 0xFF);
    }
    return state;
  }

  boolean valid() {
    return missing >= 0;
  }

  boolean whole() {
    return missing == 0;
  }

  private Utf8State after(int value) {
    if (missing > 0) {
      if (value < low || value > high) {
        return BROKEN;
      }
      return missing == 1 ? WHOLE : new Utf8State(missing - 1, 0x80, 0xBF);
    }
    if (value < 0x80) {
      return WHOLE;
    }
    if (value >= 0xC2 && value <= 0xDF) {
      return new Utf8State(1, 0x80, 0xBF);
    }
    if (value >= 0xE0 && value <= 0xEF) {
      return new Utf8State(2, value == 0xE0 ? 0xA0 : 0x80, value == 0xED ? 0x9F : 0xBF);
    }
    if (value >= 0xF0 && value <= 0xF4) {
      return new Utf8State(3, value == 0xF0 ? 0x90 : 0x80, value == 0xF4 ? 0x8F : 0xBF);
    }
    return BROKEN;
  }
}
