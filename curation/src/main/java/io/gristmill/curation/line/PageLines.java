package io.gristmill.curation.line;

import io.gristmill.curation.text.Characters;

/** Where the lines of a page begin and end, by the mandatory breaks of Unicode (UAX #14). */
final class PageLines {
  private final int[] text;
  private int start;
  private int from;
  private int to;
  private int next;

  PageLines(int[] text) {
    this.text = text;
  }

  /** Goes to the next line; false after the last. */
  boolean advance() {
    if (next >= text.length) {
      return false;
    }
    start = next;
    int end = start;
    while (end < text.length && !endsLine(text[end])) {
      end++;
    }
    boolean pair = end + 1 < text.length && text[end] == '\r' && text[end + 1] == '\n';
    next = Math.min(text.length, end + (pair ? 2 : 1));
    from = start;
    to = end;
    while (from < to && space(text[from])) {
      from++;
    }
    while (to > from && space(text[to - 1])) {
      to--;
    }
    return true;
  }

  /** Begin of the line with its white space. */
  int start() {
    return start;
  }

  /** End of the line with its line end. */
  int end() {
    return next;
  }

  /** Begin of what is not white space. */
  int from() {
    return from;
  }

  /** End of what is not white space. */
  int to() {
    return to;
  }

  boolean blank() {
    return from == to;
  }

  static boolean endsLine(int codePoint) {
    return switch (codePoint) {
      case '\n', '\r', 0x0B, 0x0C, 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  private static boolean space(int codePoint) {
    return (Characters.of(codePoint) & Characters.SPACE) != 0;
  }
}
