package io.gristmill.curation.quality;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/**
 * A text as CCNet's models have seen it: lower case, without accents, every digit a 0, marks in
 * ASCII, control characters gone, line ends among them, so that a document is one line (Wenzek et
 * al. 2020, text_normalizer.py).
 */
final class CcNetText {
  private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
  private static final String MARKS = "，。、„”“«»」「《》´∶：？！（）；–～’━〈〉【】％►";
  private static final String ASCII = ",.,\"\"\"\"\"\"\"\"\"'::?!();-~'-<>[]%-";

  private CcNetText() {}

  static String of(String text) {
    String decomposed = DECOMPOSED.normalize(UCharacter.toLowerCase(text.strip()));
    var out = new StringBuilder(decomposed.length());
    for (int at = 0; at < decomposed.length(); ) {
      int codePoint = decomposed.codePointAt(at);
      at += Character.charCount(codePoint);
      int type = Character.getType(codePoint);
      if (type == Character.DECIMAL_DIGIT_NUMBER) {
        out.append('0');
      } else if (type != Character.NON_SPACING_MARK && !Character.isISOControl(codePoint)) {
        mark(out, codePoint);
      }
    }
    return out.toString();
  }

  private static void mark(StringBuilder out, int codePoint) {
    switch (codePoint) {
      case '—' -> out.append(" - ");
      case '．' -> out.append(". ");
      case '…' -> out.append("...");
      default -> {
        int mark = codePoint < 0x80 ? -1 : MARKS.indexOf(codePoint);
        out.appendCodePoint(mark < 0 ? codePoint : ASCII.charAt(mark));
      }
    }
  }
}
