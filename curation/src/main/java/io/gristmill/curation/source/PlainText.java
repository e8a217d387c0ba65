package io.gristmill.curation.source;

/** Plain text as we keep it: lines end in a line feed, and control characters are gone. */
final class PlainText {
  private PlainText() {}

  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          clean.append('\n');
        }
      } else if (c == '\n' || c == '\t' || (c >= ' ' && c != '\u007f' && c != '\ufeff')) {
        clean.append(c);
      }
    }
    return clean.toString().strip();
  }
}
