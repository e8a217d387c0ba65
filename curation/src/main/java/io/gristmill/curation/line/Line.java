package io.gristmill.curation.line;

import static io.gristmill.curation.text.Characters.ALPHABETIC;
import static io.gristmill.curation.text.Characters.CLOSER;
import static io.gristmill.curation.text.Characters.DICTIONARY;
import static io.gristmill.curation.text.Characters.DIGIT;
import static io.gristmill.curation.text.Characters.PUNCTUATION;
import static io.gristmill.curation.text.Characters.SPACE;
import static io.gristmill.curation.text.Characters.SYMBOL;
import static io.gristmill.curation.text.Characters.TERMINAL;

import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;
import java.util.Arrays;

/**
 * One line of a page, without the white space around it, and what can be measured of it. Never
 * blank.
 *
 * @param text the page, in code points
 * @param lower the same in lower case, character by character
 * @param from where the line begins
 * @param to where it ends (exclusive)
 * @param repeats how many lines before it on the page are the same but for case and the space
 *     around
 */
record Line(int[] text, int[] lower, int from, int to, int repeats) {
  /**
   * As a rule a word of Chinese is shorter; where words are longer more of the line is looked at.
   */
  private static final int CHARACTERS_PER_WORD = 4;

  /** MADLAD-400 looks for lists of names in sentences of at least so many words. */
  private static final int LIST_WORDS = 12;

  int length() {
    return to - from;
  }

  /**
   * Words that are not marks alone; {@code enough} or more when there are at least so many, so that
   * a bound on a long line costs a look at its beginning.
   */
  int words(int enough) {
    int prefix = (enough + 2) * CHARACTERS_PER_WORD;
    while (from + prefix < to) {
      int counted = words(text, from, from + prefix) - 1; // the last one may have been cut
      if (counted >= enough) {
        return counted;
      }
      prefix *= 2;
    }
    return words(text, from, to);
  }

  /** Words of a part of a text that are not marks alone. */
  static int words(int[] text, int start, int end) {
    int[] part = Arrays.copyOfRange(text, start, end);
    Words words = Words.of(part);
    int count = 0;
    for (int word = 0; word < words.count(); word++) {
      boolean marksOnly = true;
      for (int at = words.start(word); at < words.end(word) && marksOnly; at++) {
        marksOnly = (Characters.of(part[at]) & (PUNCTUATION | SYMBOL)) != 0;
      }
      count += marksOnly ? 0 : 1;
    }
    return count;
  }

  /**
   * Characters of the longest run without white space; Han, kana and other scripts without spaces
   * end a run as white space does, or each Chinese sentence would be one word. Marks around a run
   * do not count.
   */
  int longestWord() {
    int longest = 0;
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && (Characters.of(text[at]) & (SPACE | DICTIONARY)) == 0) {
        at++;
      }
      int end = at;
      while (start < end && mark(text[start])) {
        start++;
      }
      while (start < end && mark(text[end - 1])) {
        end--;
      }
      longest = Math.max(longest, end - start);
      at++;
    }
    return longest;
  }

  double uppercaseShare() {
    int uppercase = 0;
    for (int at = from; at < to; at++) {
      uppercase += Character.isUpperCase(text[at]) ? 1 : 0;
    }
    return (double) uppercase / length();
  }

  double digitShare() {
    int digits = 0;
    for (int at = from; at < to; at++) {
      digits += (Characters.of(text[at]) & DIGIT) != 0 ? 1 : 0;
    }
    return (double) digits / length();
  }

  int letters() {
    int letters = 0;
    for (int at = from; at < to; at++) {
      letters += (Characters.of(text[at]) & (ALPHABETIC | DIGIT)) != 0 ? 1 : 0;
    }
    return letters;
  }

  /** Of the characters that are not white space, the share that is {@code |}. */
  double barShare() {
    int bars = 0;
    int characters = 0;
    for (int at = from; at < to; at++) {
      bars += text[at] == '|' ? 1 : 0;
      characters += (Characters.of(text[at]) & SPACE) == 0 ? 1 : 0;
    }
    return (double) bars / characters;
  }

  /** Of the words that begin with a letter, the share that begins with a capital; 0 below 12. */
  double capitalisedShare() {
    int words = 0;
    int capitalised = 0;
    boolean inside = false;
    for (int at = from; at < to; at++) {
      boolean letter = (Characters.of(text[at]) & (ALPHABETIC | DIGIT)) != 0 || text[at] == '\'';
      if (letter && !inside) {
        words++;
        capitalised += Character.isUpperCase(text[at]) ? 1 : 0;
      }
      inside = letter;
    }
    return words < LIST_WORDS ? 0 : (double) capitalised / words;
  }

  /**
   * Whether the line ends a sentence: in a mark of any script's (. ! ? … 。 ！ ？), quotation marks
   * and brackets after it ignored, or in a closing quotation mark.
   */
  boolean terminated() {
    int last = text[to - 1];
    if (last == '"' || last == '\'' || last == '”' || last == '’' || last == '」' || last == '』') {
      return true;
    }
    int at = to;
    while (at > from && (Characters.of(text[at - 1]) & CLOSER) != 0) {
      at--;
    }
    return at > from && (Characters.of(text[at - 1]) & TERMINAL) != 0;
  }

  /**
   * Whether the line breaks off in {@code ...}, {@code …} or {@code 。。。}. The Chinese ellipsis
   * {@code ……} is a mark of punctuation like any other and does not count.
   */
  boolean brokenOff() {
    return switch (text[to - 1]) {
      case '…' -> length() < 2 || text[to - 2] != '…';
      case '.' -> endsInThree('.');
      case '。' -> endsInThree('。');
      default -> false;
    };
  }

  private boolean endsInThree(int mark) {
    return length() >= 3 && text[to - 2] == mark && text[to - 3] == mark;
  }

  private static boolean mark(int codePoint) {
    return (Characters.of(codePoint) & (PUNCTUATION | SYMBOL)) != 0;
  }
}
