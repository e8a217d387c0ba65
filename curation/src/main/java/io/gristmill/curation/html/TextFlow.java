package io.gristmill.curation.html;

/**
 * Text as it flows onto a page: white space collapses, breaks wait until text follows, and
 * paragraphs are separated by one empty line.
 */
final class TextFlow {
  private enum Break {
    NONE,
    /** The end of a source line, which no space stands for between East Asian characters. */
    SOURCE_LINE,
    SPACE,
    CELL,
    LINE,
    PARAGRAPH
  }

  private final StringBuilder text = new StringBuilder();
  private Break waiting = Break.NONE;
  private String prefix = "";
  private int verbatim;

  /** Adds text, its white space collapsed unless it is verbatim. */
  void append(String added) {
    if (verbatim > 0) {
      appendVerbatim(added);
      return;
    }
    for (int i = 0; i < added.length(); i++) {
      char c = added.charAt(i);
      if (c == '\n' || c == '\r') {
        raise(Break.SOURCE_LINE);
      } else if (isSpace(c)) {
        raise(waiting == Break.SOURCE_LINE ? Break.SOURCE_LINE : Break.SPACE);
      } else if (isVisible(c)) {
        settle(c);
        text.append(c);
      }
    }
  }

  /** The break of {@code br}; two in a row are how old pages end a paragraph. */
  void lineBreak() {
    raise(waiting == Break.LINE ? Break.PARAGRAPH : Break.LINE);
  }

  /** What follows begins a line. */
  void line() {
    raise(Break.LINE);
  }

  /** What follows begins a paragraph. */
  void paragraph() {
    raise(Break.PARAGRAPH);
  }

  /** What follows begins a line with a mark. */
  void item(String mark) {
    line();
    prefix = mark;
  }

  /** Ends {@link #item}, which leaves no mark when it was empty. */
  void closeItem() {
    prefix = "";
    line();
  }

  /** What follows is the next cell of a table's row. */
  void cell() {
    raise(Break.CELL);
  }

  /** What follows keeps its white space. */
  void openVerbatim() {
    paragraph();
    verbatim++;
  }

  /** Ends {@link #openVerbatim}. */
  void closeVerbatim() {
    verbatim = Math.max(0, verbatim - 1);
    paragraph();
  }

  /** The text so far. */
  String text() {
    return text.toString().strip();
  }

  private void appendVerbatim(String added) {
    for (int i = 0; i < added.length(); i++) {
      char c = added.charAt(i);
      if (c == '\n') {
        if (waiting == Break.NONE) {
          trimEnd();
          text.append('\n');
        }
      } else if (c == '\t') {
        settle(c);
        text.append("    ");
      } else if (isVisible(c)) {
        settle(c);
        text.append(c == '\u00a0' ? ' ' : c);
      }
    }
  }

  private void settle(char following) {
    if (waiting != Break.NONE && !text.isEmpty()) {
      trimEnd();
      switch (waiting) {
        case SOURCE_LINE -> {
          if (!isEastAsian(text.charAt(text.length() - 1)) || !isEastAsian(following)) {
            text.append(' ');
          }
        }
        case SPACE -> text.append(' ');
        case CELL -> text.append('\t');
        case LINE -> text.append('\n');
        default -> text.append("\n\n");
      }
    }
    waiting = Break.NONE;
    if (!prefix.isEmpty()) {
      text.append(prefix);
      prefix = "";
    }
  }

  private void trimEnd() {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) != '\n' && isSpace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }

  private void raise(Break next) {
    if (next.compareTo(waiting) > 0) {
      waiting = next;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || c == '\n'
        || c == '\t'
        || c == '\r'
        || c == '\f'
        || c == '\u00a0'
        || c == '\u3000';
  }

  /** Not a control or another character without a shape of its own. */
  private static boolean isVisible(char c) {
    return c >= ' '
        && (c < '\u007f' || c >= '\u00a0')
        && c != '\u00ad'
        && c != '\u200b'
        && c != '\ufeff';
  }

  /** Han, kana and full-width punctuation; Korean puts spaces between words. */
  private static boolean isEastAsian(char c) {
    return (c >= '\u2e80' && c < '\uac00') || (c >= '\uf900' && c < '\ufb00') || c >= '\uff00';
  }
}
