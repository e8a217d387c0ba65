package io.gristmill.curation.privacy;

import java.util.List;

/** Words before a number or a name that say what it is. */
final class WordBefore {
  private static final int MOST_SEPARATORS = 2;

  private WordBefore() {}

  /**
   * True when one of the words stands before {@code start}, up to two signs between allowed: a
   * space, a colon, an equals sign, a quotation mark.
   */
  static boolean any(List<String> words, CharSequence text, int start) {
    int end = separatorsStart(text, start);
    for (String word : words) {
      if (endsWith(text, end, word)) {
        return true;
      }
    }
    return false;
  }

  /** True when a colon stands between the word and {@code start}. */
  static boolean colon(CharSequence text, int start) {
    for (int at = separatorsStart(text, start); at < start; at++) {
      if (Ascii.at(text, at) == ':' || Ascii.at(text, at) == '：') {
        return true;
      }
    }
    return false;
  }

  private static int separatorsStart(CharSequence text, int start) {
    int end = start;
    while (end > start - MOST_SEPARATORS && separator(Ascii.at(text, end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean separator(char c) {
    return c == ' ' || c == ':' || c == '：' || c == '=' || c == '"';
  }

  private static boolean endsWith(CharSequence text, int end, String word) {
    int from = end - word.length();
    boolean wordStart = word.charAt(0) > 0x7F || !Ascii.alphanumeric(Ascii.at(text, from - 1));
    return from >= 0 && wordStart && word.equalsIgnoreCase(text.subSequence(from, end).toString());
  }
}
