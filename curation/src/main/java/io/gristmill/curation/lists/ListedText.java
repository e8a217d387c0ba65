package io.gristmill.curation.lists;

import static io.gristmill.curation.text.Characters.PUNCTUATION;
import static io.gristmill.curation.text.Characters.SYMBOL;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;

/**
 * A text as lists of words look at it: in lower case and its full-width letters narrow, cut into
 * words.
 *
 * @param text code points
 * @param words its words, marks included
 * @param plain words that are not marks alone
 */
record ListedText(int[] text, Words words, int plain) {
  static ListedText of(String text) {
    int[] folded = Characters.codePoints(text);
    for (int at = 0; at < folded.length; at++) {
      folded[at] = folded(folded[at]);
    }
    Words words = Words.of(folded);
    int plain = 0;
    for (int word = 0; word < words.count(); word++) {
      plain += marksOnly(folded, words.start(word), words.end(word)) ? 0 : 1;
    }
    return new ListedText(folded, words, plain);
  }

  /** Lower case, and the ASCII letter of a full-width one. */
  private static int folded(int codePoint) {
    int narrow =
        codePoint >= 0xFF01 && codePoint <= 0xFF5E && letter(codePoint)
            ? codePoint - 0xFEE0
            : codePoint;
    return Character.toLowerCase(narrow);
  }

  private static boolean letter(int codePoint) {
    return UCharacter.hasBinaryProperty(codePoint, UProperty.ALPHABETIC)
        || UCharacter.isDigit(codePoint);
  }

  private static boolean marksOnly(int[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if ((Characters.of(text[at]) & (PUNCTUATION | SYMBOL)) == 0) {
        return false;
      }
    }
    return true;
  }
}
