package io.gristmill.jobs.report;

/** The beginning of a text, to be shown. */
final class Excerpt {
  private Excerpt() {}

  /**
   * At most so many code points, the last ones given up for the end of a sentence or word where one
   * is near, and an ellipsis where the text goes on. Runs of empty lines become one.
   */
  static String of(String text, int mostCharacters) {
    String tidy = text.strip().equals(text) ? text : text.stripTrailing();
    tidy = tidy.replaceAll("\\n\\s*\\n+", "\n\n");
    if (tidy.codePointCount(0, tidy.length()) <= mostCharacters) {
      return tidy;
    }
    int end = tidy.offsetByCodePoints(0, mostCharacters);
    int from = tidy.offsetByCodePoints(0, mostCharacters - mostCharacters / 8);
    for (int i = end; i > from; i--) {
      if (breaks(tidy.charAt(i - 1))) {
        return tidy.substring(0, i).stripTrailing() + " …";
      }
    }
    return tidy.substring(0, end) + "…";
  }

  private static boolean breaks(char c) {
    return Character.isWhitespace(c) || "。！？；，、.!?;,".indexOf(c) >= 0;
  }
}
