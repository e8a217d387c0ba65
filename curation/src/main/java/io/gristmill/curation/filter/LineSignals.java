package io.gristmill.curation.filter;

import static io.gristmill.curation.text.Characters.ALPHABETIC;
import static io.gristmill.curation.text.Characters.DIGIT;
import static io.gristmill.curation.text.Characters.PUNCTUATION;
import static io.gristmill.curation.text.Characters.SYMBOL;

import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured of one line that is not blank: the line signals of RedPajama-V2.
 *
 * @param start where the line begins in the stored text, in code points, white space left out
 * @param end where it ends (exclusive)
 * @param words words that are no marks
 * @param javascriptMentions times that it says {@code javascript}, in any case
 * @param bullet whether it begins with a bullet
 * @param terminal whether it ends in a terminal mark, closing quotes and brackets after it ignored
 * @param digitShare digits among its characters
 * @param uppercaseShare capital letters among its characters
 */
public record LineSignals(
    int start,
    int end,
    int words,
    int javascriptMentions,
    boolean bullet,
    boolean terminal,
    double digitShare,
    double uppercaseShare) {

  /** Of every line of a text, in order. */
  public static List<LineSignals> of(String text) {
    int[] codePoints = Characters.codePoints(text);
    Words words = Words.of(codePoints);
    var lines = new ArrayList<LineSignals>();
    int word = 0;
    int at = 0;
    while (at < codePoints.length) {
      int end = at;
      while (end < codePoints.length && !Lines.endsLine(codePoints[end])) {
        end++;
      }
      int from = at;
      int to = end;
      while (from < to && Lines.space(codePoints[from])) {
        from++;
      }
      while (to > from && Lines.space(codePoints[to - 1])) {
        to--;
      }
      int plain = 0;
      for (; word < words.count() && words.start(word) < end; word++) {
        plain += plain(codePoints, words.start(word), words.end(word)) ? 1 : 0;
      }
      if (from < to) {
        lines.add(of(codePoints, from, to, plain));
      }
      at = end + 1;
    }
    return lines;
  }

  private static LineSignals of(int[] text, int from, int to, int words) {
    int digits = 0;
    int capitals = 0;
    for (int at = from; at < to; at++) {
      digits += (Characters.of(text[at]) & DIGIT) == 0 ? 0 : 1;
      capitals += CharacterCounts.capital(text[at]) ? 1 : 0;
    }
    double length = to - from;
    return new LineSignals(
        from,
        to,
        words,
        CharacterCounts.JAVASCRIPT.occurrences(text, from, to),
        Lines.bullet(text, from, to),
        Lines.terminated(text, from, to),
        digits / length,
        capitals / length);
  }

  private static boolean plain(int[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      int bits = Characters.of(text[at]);
      if ((bits & (PUNCTUATION | SYMBOL)) == 0 || (bits & ALPHABETIC) != 0) {
        return true;
      }
    }
    return false;
  }
}
