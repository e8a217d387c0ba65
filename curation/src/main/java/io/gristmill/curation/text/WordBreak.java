package io.gristmill.curation.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;

/** The word-break classes of UAX #29 that {@link Words} tells apart. */
final class WordBreak {
  static final int OTHER = 0;
  static final int SPACE = 1;
  static final int LETTER = 2;
  static final int NUMERIC = 3;
  static final int EXTEND_NUM_LET = 4;
  static final int MID_LETTER = 5;
  static final int MID_NUM = 6;
  static final int MID_NUM_LET = 7;
  static final int EXTEND = 8;
  static final int DICTIONARY = 9;

  private WordBreak() {}

  static int of(int codePoint) {
    if (UCharacter.isUWhiteSpace(codePoint)) {
      return SPACE;
    }
    if (dictionary(codePoint)) {
      return DICTIONARY;
    }
    return switch (UCharacter.getIntPropertyValue(codePoint, UProperty.WORD_BREAK)) {
      case UCharacter.WordBreak.ALETTER, UCharacter.WordBreak.HEBREW_LETTER -> LETTER;
      case UCharacter.WordBreak.NUMERIC -> NUMERIC;
      case UCharacter.WordBreak.EXTENDNUMLET -> EXTEND_NUM_LET;
      case UCharacter.WordBreak.MIDLETTER -> MID_LETTER;
      case UCharacter.WordBreak.MIDNUM -> MID_NUM;
      case UCharacter.WordBreak.MIDNUMLET, UCharacter.WordBreak.SINGLE_QUOTE -> MID_NUM_LET;
      case UCharacter.WordBreak.EXTEND, UCharacter.WordBreak.FORMAT, UCharacter.WordBreak.ZWJ ->
          EXTEND;
      default -> OTHER;
    };
  }

  /** Scripts written without spaces: line-break class SA, Han, Hiragana and Katakana. */
  private static boolean dictionary(int codePoint) {
    int script = UScript.getScript(codePoint);
    boolean spaceless =
        script == UScript.HAN
            || script == UScript.HIRAGANA
            || script == UScript.KATAKANA
            || UCharacter.getIntPropertyValue(codePoint, UProperty.LINE_BREAK)
                == UCharacter.LineBreak.COMPLEX_CONTEXT;
    return (spaceless && UCharacter.isLetter(codePoint)) || codePoint == 'ー' || codePoint == 'ｰ';
  }
}
