package io.gristmill.tokenization.bpe;

/**
 * Which part of UTF-8 text a token can be: whole characters, the beginning of one, or bytes from
 * inside one. Merges stay inside one character until it is whole, so that no token is a character
 * and a piece of its neighbour (QwenLM/Qwen issue 284 shows what such tokens break).
 */
final class CharacterPart {
  /** Forbidden: not part of UTF-8 text, or a character with part of another. */
  static final byte NEITHER = -1;

  /** One or more whole characters. */
  static final byte WHOLE = 0;

  /** The beginning of a character of which 1, 2 or 3 bytes are missing is that number. */
  private static final byte MISSING_MOST = 3;

  /** The last 1, 2 or 3 bytes met so far inside a character are this plus that number. */
  private static final byte INNER = 3;

  private CharacterPart() {}

  static byte of(int value) {
    int b = value & 0xFF;
    if (b < 0x80) {
      return WHOLE;
    }
    if (b < 0xC0) {
      return INNER + 1;
    }
    if (b < 0xC2 || b > 0xF4) {
      return NEITHER;
    }
    return b < 0xE0 ? 1 : b < 0xF0 ? 2 : MISSING_MOST;
  }

  /** The part that two neighbours in well-formed text make, or {@link #NEITHER}. */
  static byte joined(byte left, byte right) {
    if (left == WHOLE) {
      return right == WHOLE ? WHOLE : NEITHER;
    }
    if (left < 0 || right <= INNER) {
      return NEITHER;
    }
    int bytes = right - INNER;
    if (left <= MISSING_MOST) {
      return bytes <= left ? (byte) (left - bytes) : NEITHER;
    }
    return left + bytes <= INNER + 3 ? (byte) (left + bytes) : NEITHER;
  }
}
