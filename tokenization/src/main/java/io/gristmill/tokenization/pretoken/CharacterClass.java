package io.gristmill.tokenization.pretoken;

import java.nio.ByteBuffer;
import java.util.HashMap;

/**
 * Character classes of UTF-8 text, as bits, by table. A byte that begins no well-formed character
 * is a character of its own with no class, so that scanners take any bytes at all.
 *
 * <p>General categories are those of the running JDK (Unicode 16 in JDK 25); {@code \s} is the
 * White_Space property, as in the regex engines that the published patterns were written for.
 */
final class CharacterClass {
  /** {@code \p{L}}. */
  static final int LETTER = 1;

  /**
   * Uppercase, title case, modifier, other letters and marks: {@code
   * [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}.
   */
  static final int UPPER = 1 << 1;

  /** Lowercase, modifier, other letters and marks: {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}. */
  static final int LOWER = 1 << 2;

  /** {@code [\p{L}\p{M}]}. */
  static final int LETTER_OR_MARK = UPPER | LOWER;

  /** {@code \p{N}}. */
  static final int NUMBER = 1 << 3;

  /** {@code [\p{P}\p{S}]}. */
  static final int SYMBOL = 1 << 4;

  /** {@code \s}, newlines included. */
  static final int WHITE = 1 << 5;

  /** {@code [\r\n]}. */
  static final int NEWLINE = 1 << 6;

  /**
   * Han of the first block and kana, U+4E00-9FA5 and U+3040-30FF: the second split of DeepSeek-V3.
   */
  static final int CJK = 1 << 7;

  private static final int BLOCK_BITS = 8;
  private static final byte[] ASCII = new byte[128];
  private static final byte[][] BLOCKS = new byte[(Character.MAX_CODE_POINT + 1) >> BLOCK_BITS][];

  static {
    var seen = new HashMap<ByteBuffer, byte[]>();
    for (int block = 0; block < BLOCKS.length; block++) {
      byte[] classes = new byte[1 << BLOCK_BITS];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (byte) classify((block << BLOCK_BITS) + i);
      }
      byte[] same = seen.putIfAbsent(ByteBuffer.wrap(classes), classes);
      BLOCKS[block] = same == null ? classes : same;
    }
    System.arraycopy(BLOCKS[0], 0, ASCII, 0, ASCII.length);
  }

  private CharacterClass() {}

  /** The classes of the character at {@code i}, with its length in bytes from bit 8 on. */
  static int at(byte[] utf8, int i, int to) {
    int lead = utf8[i];
    if (lead >= 0) {
      return (ASCII[lead] & 0xFF) | 1 << 8;
    }
    return beyondAscii(utf8, i, to, lead);
  }

  private static int beyondAscii(byte[] utf8, int i, int to, int lead) {
    int left = to - i;
    if ((lead & 0xF0) == 0xE0 && left >= 3) {
      int second = utf8[i + 1];
      int third = utf8[i + 2];
      int character = (lead & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F);
      if ((second & 0xC0) == 0x80
          && (third & 0xC0) == 0x80
          && character >= 0x800
          && (character & 0xF800) != 0xD800) {
        return of(character) | 3 << 8;
      }
    } else if ((lead & 0xE0) == 0xC0 && left >= 2) {
      int second = utf8[i + 1];
      int character = (lead & 0x1F) << 6 | (second & 0x3F);
      if ((second & 0xC0) == 0x80 && character >= 0x80) {
        return of(character) | 2 << 8;
      }
    } else if ((lead & 0xF8) == 0xF0 && left >= 4) {
      int second = utf8[i + 1];
      int third = utf8[i + 2];
      int fourth = utf8[i + 3];
      int character =
          (lead & 0x7) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | (fourth & 0x3F);
      if ((second & 0xC0) == 0x80
          && (third & 0xC0) == 0x80
          && (fourth & 0xC0) == 0x80
          && character >= 0x10000
          && character <= Character.MAX_CODE_POINT) {
        return of(character) | 4 << 8;
      }
    }
    return 1 << 8;
  }

  static int of(int character) {
    return BLOCKS[character >> BLOCK_BITS][character & (1 << BLOCK_BITS) - 1] & 0xFF;
  }

  private static int classify(int character) {
    int general =
        switch (Character.getType(character)) {
          case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | UPPER;
          case Character.LOWERCASE_LETTER -> LETTER | LOWER;
          case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER | UPPER | LOWER;
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK ->
              UPPER | LOWER;
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              NUMBER;
          case Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.CONNECTOR_PUNCTUATION,
              Character.OTHER_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.MATH_SYMBOL,
              Character.CURRENCY_SYMBOL,
              Character.MODIFIER_SYMBOL,
              Character.OTHER_SYMBOL ->
              SYMBOL;
          default -> 0;
        };
    return general
        | (isWhite(character) ? WHITE : 0)
        | (character == '\r' || character == '\n' ? NEWLINE : 0)
        | ((character >= 0x4E00 && character <= 0x9FA5)
                || (character >= 0x3040 && character <= 0x30FF)
            ? CJK
            : 0);
  }

  /** The White_Space property (Unicode PropList.txt), which has not changed since Unicode 6.3. */
  private static boolean isWhite(int character) {
    return (character >= 0x9 && character <= 0xD)
        || character == 0x20
        || character == 0x85
        || character == 0xA0
        || character == 0x1680
        || (character >= 0x2000 && character <= 0x200A)
        || character == 0x2028
        || character == 0x2029
        || character == 0x202F
        || character == 0x205F
        || character == 0x3000;
  }
}
