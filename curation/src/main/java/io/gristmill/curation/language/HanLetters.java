package io.gristmill.curation.language;

/**
 * Han characters, kana and Hangul by language. A segment (a line, or a sentence that ends in 。！？)
 * with enough kana is Japanese, one in which Hangul prevails is Korean, and any other is Chinese.
 */
final class HanLetters {
  /** Least share of kana among kana and Han that makes a segment Japanese; の and ー alone do not. */
  private static final double JAPANESE = 0.1;

  /** Least share of Cantonese characters among the Chinese ones that makes them Cantonese. */
  private static final double CANTONESE = 0.05;

  long japanese;
  long korean;
  long simplified;
  long traditional;
  private long neutral;
  private long simplifiedEvidence;
  private long traditionalEvidence;
  private long cantoneseEvidence;

  private int han;
  private int kana;
  private int hangul;
  private int onlySimplified;
  private int onlyTraditional;

  void add(int before, int codePoint, Script script) {
    switch (script) {
      case HAN -> {
        han++;
        int variants = HanVariants.of(codePoint);
        onlySimplified += variants & HanVariants.SIMPLIFIED;
        onlyTraditional += (variants & HanVariants.TRADITIONAL) >> 1;
        cantoneseEvidence += HanVariants.cantonese(before, codePoint, variants);
      }
      case KANA -> kana++;
      default -> hangul++;
    }
  }

  /** True at the end of a segment. */
  static boolean endsSegment(int codePoint) {
    return codePoint == '\n' || codePoint == '。' || codePoint == '！' || codePoint == '？';
  }

  void endSegment() {
    int letters = han + kana + hangul;
    if (letters == 0) {
      return;
    }
    if (kana > 0 && kana >= JAPANESE * (han + kana) && kana >= hangul) {
      japanese += letters;
    } else if (hangul > han) {
      korean += letters;
    } else if (onlySimplified > onlyTraditional) {
      simplified += letters;
    } else if (onlyTraditional > onlySimplified) {
      traditional += letters;
    } else {
      neutral += letters;
    }
    simplifiedEvidence += onlySimplified;
    traditionalEvidence += onlyTraditional;
    han = 0;
    kana = 0;
    hangul = 0;
    onlySimplified = 0;
    onlyTraditional = 0;
  }

  /** Chinese letters of all writings. */
  long chinese() {
    return simplified + traditional + neutral;
  }

  boolean cantonese() {
    return cantoneseEvidence > 0 && cantoneseEvidence >= CANTONESE * chinese();
  }

  /**
   * Simplified letters, with those that say nothing when the rest of the document is simplified, or
   * says nothing either.
   */
  long simplifiedLetters() {
    return simplified + (traditional > simplified ? 0 : neutral);
  }

  long traditionalLetters() {
    return traditional + (traditional > simplified ? neutral : 0);
  }

  /** How sure the prevailing writing is, 0.5 to 1, by Laplace's rule of succession. */
  double certainty() {
    long most = Math.max(simplifiedEvidence, traditionalEvidence);
    return (most + 1.0) / (simplifiedEvidence + traditionalEvidence + 2.0);
  }
}
