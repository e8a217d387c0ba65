package io.gristmill.curation.privacy;

import java.util.List;

/** Words that make the dotted number after them a version. */
final class Version {
  private static final List<String> WORDS =
      List.of("version", "versions", "ver", "ver.", "v", "v.", "release", "版本", "版本号", "版");

  private Version() {}

  /** True when such a word stands before {@code start}, a space or a colon between them allowed. */
  static boolean before(CharSequence text, int start) {
    int end = start;
    while (end > start - 2
        && (Ascii.at(text, end - 1) == ' '
            || Ascii.at(text, end - 1) == ':'
            || Ascii.at(text, end - 1) == '：')) {
      end--;
    }
    for (String word : WORDS) {
      if (endsWith(text, end, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWith(CharSequence text, int end, String word) {
    int from = end - word.length();
    boolean wordStart = word.charAt(0) > 0x7F || !Ascii.alphanumeric(Ascii.at(text, from - 1));
    return from >= 0 && wordStart && word.equalsIgnoreCase(text.subSequence(from, end).toString());
  }
}
