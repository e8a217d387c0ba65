package io.gristmill.tokenization.normalization;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * The characters below U+10000 that a normal form neither changes nor joins with what is before
 * them, so that text may be normalized in parts that begin at one (UAX 15, section 9.1). Nearly all
 * text is made of them; of any other character {@link Normalizer} asks the JDK.
 */
final class StableCharacters {
  private static final Map<Form, StableCharacters> OF = new EnumMap<>(Form.class);

  static {
    for (Form form : Form.values()) {
      OF.put(form, new StableCharacters(form));
    }
  }

  private final BitSet stable = new BitSet(0x10000);

  private StableCharacters(Form form) {
    for (int c = 0; c < 0x10000; c++) {
      if (!Character.isSurrogate((char) c) && !joinsBackward(c)) {
        stable.set(c, Normalizer.isNormalized(Character.toString(c), form));
      }
    }
  }

  /** Marks, and the vowels and final consonants of Hangul; unassigned ones to be safe. */
  private static boolean joinsBackward(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.UNASSIGNED ->
          true;
      default -> c >= 0x1160 && c <= 0x11FF;
    };
  }

  static StableCharacters of(Form form) {
    return OF.get(form);
  }

  /** Whether the well-formed character of {@code length} bytes at {@code i} is one of them. */
  boolean contains(byte[] utf8, int i, int length) {
    return switch (length) {
      case 1 -> true;
      case 2 -> stable.get((utf8[i] & 0x1F) << 6 | (utf8[i + 1] & 0x3F));
      case 3 ->
          stable.get((utf8[i] & 0xF) << 12 | (utf8[i + 1] & 0x3F) << 6 | (utf8[i + 2] & 0x3F));
      default -> false;
    };
  }
}
