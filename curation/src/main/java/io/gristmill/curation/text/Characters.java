package io.gristmill.curation.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;

/**
 * What kind of character a code point is, as a set of bits, from the Unicode Character Database
 * that ICU4J carries.
 *
 * <p>The Basic Multilingual Plane is a table (64 Ki entries), built once; beyond it the properties
 * are looked up.
 */
public final class Characters {
  /**
   * Letter of any script, Han and kana included (Unicode property Alphabetic, or a letter
   * category).
   */
  public static final int ALPHABETIC = 1;

  /** Decimal digit of any script (Nd). */
  public static final int DIGIT = 1 << 1;

  /** White space, line ends and the ideographic space included. */
  public static final int SPACE = 1 << 2;

  /** Punctuation (P*). */
  public static final int PUNCTUATION = 1 << 3;

  /** Symbol (S*): mathematics, currency, emoji, arrows. */
  public static final int SYMBOL = 1 << 4;

  /** Han character. */
  public static final int HAN = 1 << 5;

  /** Mark that ends a sentence (Sentence_Terminal), and the ellipsis. */
  public static final int TERMINAL = 1 << 6;

  /**
   * Closing bracket or quotation mark, which may stand between a sentence's end and the line's:
   * {@code 。”}.
   */
  public static final int CLOSER = 1 << 7;

  /**
   * Letter whose words are written without spaces, so that a dictionary finds them: Han, kana,
   * Thai, Lao, Khmer, …
   */
  public static final int DICTIONARY = 1 << 8;

  /**
   * Hiragana or Katakana letter; not the prolonged sound mark or the middle dot, which Chinese text
   * borrows.
   */
  public static final int KANA = 1 << 9;

  /** Control character that is not white space, private use, unassigned, surrogate or U+FFFD. */
  public static final int NOISE = 1 << 10;

  /** Shift of the word-break class (4 bits), see {@link Words}. */
  static final int WORD_SHIFT = 12;

  private static final int BMP = 0x10000;
  private static final char[] TABLE = table();

  private Characters() {}

  /** The bits of a code point. */
  public static int of(int codePoint) {
    return codePoint < BMP ? TABLE[codePoint] : bits(codePoint);
  }

  /** The code points of a text; an unpaired surrogate stands for itself. */
  public static int[] codePoints(String text) {
    char[] characters = text.toCharArray();
    int[] out = new int[characters.length];
    boolean surrogates = false;
    for (int at = 0; at < characters.length; at++) {
      out[at] = characters[at];
      surrogates |= Character.isSurrogate(characters[at]);
    }
    return surrogates ? text.codePoints().toArray() : out;
  }

  private static char[] table() {
    char[] table = new char[BMP];
    for (int codePoint = 0; codePoint < BMP; codePoint++) {
      table[codePoint] = (char) bits(codePoint);
    }
    return table;
  }

  private static int bits(int codePoint) {
    int type = UCharacter.getType(codePoint);
    int script = UScript.getScript(codePoint);
    int bits = WordBreak.of(codePoint) << WORD_SHIFT;
    if (UCharacter.isUAlphabetic(codePoint) || UCharacter.isLetter(codePoint)) {
      bits |= ALPHABETIC;
    }
    if (type == UCharacter.DECIMAL_DIGIT_NUMBER) {
      bits |= DIGIT;
    }
    if (UCharacter.isUWhiteSpace(codePoint)) {
      bits |= SPACE;
    }
    switch (type) {
      case UCharacter.CONNECTOR_PUNCTUATION,
          UCharacter.DASH_PUNCTUATION,
          UCharacter.START_PUNCTUATION,
          UCharacter.END_PUNCTUATION,
          UCharacter.INITIAL_PUNCTUATION,
          UCharacter.FINAL_PUNCTUATION,
          UCharacter.OTHER_PUNCTUATION ->
          bits |= PUNCTUATION;
      case UCharacter.MATH_SYMBOL,
          UCharacter.CURRENCY_SYMBOL,
          UCharacter.MODIFIER_SYMBOL,
          UCharacter.OTHER_SYMBOL ->
          bits |= codePoint == 0xFFFD ? NOISE : SYMBOL;
      case UCharacter.CONTROL,
          UCharacter.PRIVATE_USE,
          UCharacter.UNASSIGNED,
          UCharacter.SURROGATE ->
          bits |= (bits & SPACE) == 0 ? NOISE : 0;
      default -> {}
    }
    if (script == UScript.HAN && (bits & ALPHABETIC) != 0) {
      bits |= HAN;
    }
    if ((script == UScript.HIRAGANA || script == UScript.KATAKANA) && (bits & ALPHABETIC) != 0) {
      bits |= KANA;
    }
    if (UCharacter.hasBinaryProperty(codePoint, UProperty.S_TERM)
        || codePoint == '…'
        || codePoint == '｡') {
      bits |= TERMINAL;
    }
    if (type == UCharacter.END_PUNCTUATION
        || type == UCharacter.FINAL_PUNCTUATION
        || codePoint == '"'
        || codePoint == '\''
        || codePoint == '＂'
        || codePoint == '＇'
        || codePoint
            == '“') { // left quotation marks close a sentence in German, and in careless text
      // anywhere
      bits |= CLOSER;
    }
    if (WordBreak.of(codePoint) == WordBreak.DICTIONARY) {
      bits |= DICTIONARY;
    }
    return bits;
  }
}
