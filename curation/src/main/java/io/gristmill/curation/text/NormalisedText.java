package io.gristmill.curation.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/**
 * The form of a text in which two copies are equal although they differ in width, ligatures, case
 * or white space: NFKC with case folding (Unicode NFKC_Casefold, which also removes invisible
 * characters), each run of white space one space, none at the ends. For comparing only: a document
 * keeps its own text.
 */
public final class NormalisedText {
  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

  private NormalisedText() {}

  /** The normalised form; normalising it again changes nothing. */
  public static String of(String text) {
    String folded = NFKC_CASEFOLD.normalize(text);
    var out = new StringBuilder(folded.length());
    boolean gap = false;
    for (int at = 0; at < folded.length(); at++) {
      char c = folded.charAt(at); // all white space is in the Basic Multilingual Plane
      if (UCharacter.isUWhiteSpace(c)) {
        gap = !out.isEmpty();
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(c);
      }
    }
    return out.toString();
  }
}
