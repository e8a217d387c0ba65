package io.gristmill.curation.language;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.util.Optional;

/**
 * The scripts that are told apart, and the language of those that are written in one only, or
 * nearly so.
 */
@SuppressWarnings("EnumOrdinal") // tables by code point hold the ordinal in a byte
enum Script {
  NONE(""),
  HAN(""),
  KANA("ja"),
  HANGUL("ko"),
  LATIN(""),
  CYRILLIC(""),
  ARABIC(""),
  DEVANAGARI(""),
  GREEK("el"),
  HEBREW("he"),
  THAI("th"),
  LAO("lo"),
  KHMER("km"),
  MYANMAR("my"),
  TIBETAN("bo"),
  MONGOLIAN("mn"),
  ARMENIAN("hy"),
  GEORGIAN("ka"),
  ETHIOPIC("am"),
  BENGALI("bn"),
  GURMUKHI("pa"),
  GUJARATI("gu"),
  ODIA("or"),
  TAMIL("ta"),
  TELUGU("te"),
  KANNADA("kn"),
  MALAYALAM("ml"),
  SINHALA("si"),
  BOPOMOFO("zh-Hant"),
  YI("ii"),
  CHEROKEE("chr"),
  SYRIAC("syr"),
  THAANA("dv"),
  OTHER("und");

  private static final int BMP = 0x10000;
  private static final Script[] SCRIPTS = values();
  private static final byte[] TABLE = table();

  private final String language;

  Script(String language) {
    this.language = language;
  }

  /**
   * The only language written in it, as far as we tell them apart; none where variants or a model
   * decide.
   */
  Optional<String> language() {
    return language.isEmpty() ? Optional.empty() : Optional.of(language);
  }

  /** How many there are, for tables by {@link #index}. */
  static int count() {
    return SCRIPTS.length;
  }

  /** Position in tables by script. */
  int index() {
    return ordinal();
  }

  /** The script of an {@link #index}. */
  static Script at(int index) {
    return SCRIPTS[index];
  }

  /** The script of a letter; {@link #NONE} for everything else. */
  static Script of(int codePoint) {
    return SCRIPTS[indexOf(codePoint)];
  }

  /** The {@link #index} of a letter's script. */
  static byte indexOf(int codePoint) {
    return codePoint < BMP ? TABLE[codePoint] : (byte) lookUp(codePoint).ordinal();
  }

  private static byte[] table() {
    byte[] table = new byte[BMP];
    for (int codePoint = 0; codePoint < BMP; codePoint++) {
      table[codePoint] = (byte) lookUp(codePoint).ordinal();
    }
    return table;
  }

  private static Script lookUp(int codePoint) {
    if (!UCharacter.isUAlphabetic(codePoint)) {
      return NONE;
    }
    return switch (UScript.getScript(codePoint)) {
      case UScript.HAN -> HAN;
      case UScript.HIRAGANA, UScript.KATAKANA -> KANA;
      case UScript.HANGUL -> HANGUL;
      case UScript.LATIN -> LATIN;
      case UScript.CYRILLIC -> CYRILLIC;
      case UScript.ARABIC -> ARABIC;
      case UScript.DEVANAGARI -> DEVANAGARI;
      case UScript.GREEK -> GREEK;
      case UScript.HEBREW -> HEBREW;
      case UScript.THAI -> THAI;
      case UScript.LAO -> LAO;
      case UScript.KHMER -> KHMER;
      case UScript.MYANMAR -> MYANMAR;
      case UScript.TIBETAN -> TIBETAN;
      case UScript.MONGOLIAN -> MONGOLIAN;
      case UScript.ARMENIAN -> ARMENIAN;
      case UScript.GEORGIAN -> GEORGIAN;
      case UScript.ETHIOPIC -> ETHIOPIC;
      case UScript.BENGALI -> BENGALI;
      case UScript.GURMUKHI -> GURMUKHI;
      case UScript.GUJARATI -> GUJARATI;
      case UScript.ORIYA -> ODIA;
      case UScript.TAMIL -> TAMIL;
      case UScript.TELUGU -> TELUGU;
      case UScript.KANNADA -> KANNADA;
      case UScript.MALAYALAM -> MALAYALAM;
      case UScript.SINHALA -> SINHALA;
      case UScript.BOPOMOFO -> BOPOMOFO;
      case UScript.YI -> YI;
      case UScript.CHEROKEE -> CHEROKEE;
      case UScript.SYRIAC -> SYRIAC;
      case UScript.THAANA -> THAANA;
      case UScript.COMMON, UScript.INHERITED -> NONE;
      default -> OTHER;
    };
  }
}
