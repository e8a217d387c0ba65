package io.gristmill.curation.dedup;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.Arrays;

/**
 * A text folded for comparison, never for output: Unicode NFKC with case folding (so full-width
 * letters, compatibility forms and invisible characters do not count) and traditional Han
 * characters replaced by their simplified forms one by one (臺灣 and 台湾 meet).
 *
 * <p>One object folds one text after the other into the same buffer. Nearly all characters fold by
 * one look into a table; the rest, and what stands before them and may compose with them, goes
 * through ICU.
 */
public final class FoldedText {
  private static final Normalizer2 NORMALIZER = Normalizer2.getNFKCCasefoldInstance();
  private static final char FIRST_HAN = '\u3400';
  private static final char LAST_HAN = '\u9fff';
  private static final char[] SIMPLIFIED = simplified();

  /** What a character of the basic plane folds to whatever stands around it; 0 if that matters. */
  private static final char[] ALONE = alone();

  private char[] chars = new char[64];
  private int length;

  /** Folds a text; the one before is forgotten. */
  public FoldedText fold(String text) {
    length = 0;
    room(text.length());
    int end = text.length();
    for (int i = 0; i < end; ) {
      char folded = ALONE[text.charAt(i)];
      if (folded != 0) {
        chars[length++] = folded;
        i++;
      } else {
        i = together(text, i);
      }
    }
    return this;
  }

  /** The buffer; only the first {@link #length} characters are the text. */
  public char[] chars() {
    return chars;
  }

  public int length() {
    return length;
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  /** Folds the stretch around {@code at} whose characters may act on each other; its end. */
  private int together(String text, int at) {
    int start = at;
    if (at > 0) {
      // a letter before combining marks has been folded alone already
      start = at - 1;
      length--;
    }
    int end = at + 1;
    while (end < text.length() && ALONE[text.charAt(end)] == 0) {
      end++;
    }
    String normal = NORMALIZER.normalize(text.substring(start, end));
    room(length + normal.length() + text.length() - end);
    for (int i = 0; i < normal.length(); i++) {
      chars[length++] = simplified(normal.charAt(i));
    }
    return end;
  }

  private void room(int needed) {
    if (needed > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(needed, 2 * chars.length));
    }
  }

  private static char simplified(char c) {
    return c >= FIRST_HAN && c <= LAST_HAN ? SIMPLIFIED[c - FIRST_HAN] : c;
  }

  private static char[] alone() {
    char[] table = new char[0x10000];
    for (int c = 1; c < table.length; c++) {
      String one = Character.toString(c);
      boolean alone =
          !Character.isSurrogate((char) c)
              && NORMALIZER.hasBoundaryBefore(c)
              && NORMALIZER.normalize(one).length() == 1;
      if (alone) {
        table[c] = simplified(NORMALIZER.normalize(one).charAt(0));
      }
    }
    return table;
  }

  /** The simplified form of every Han character of the basic plane, by ICU's character rules. */
  private static char[] simplified() {
    var rules = Transliterator.getInstance("Traditional-Simplified");
    var each = new StringBuilder();
    for (char c = FIRST_HAN; c <= LAST_HAN; c++) {
      each.append(c).append('\n');
    }
    String folded = rules.transliterate(each.toString());
    char[] table = new char[LAST_HAN - FIRST_HAN + 1];
    int at = 0;
    for (int i = 0; i < table.length; i++) {
      int end = folded.indexOf('\n', at);
      table[i] = end - at == 1 ? folded.charAt(at) : (char) (FIRST_HAN + i);
      at = end + 1;
    }
    return table;
  }
}
