package io.gristmill.curation.language;

import io.gristmill.curation.text.Characters;

/**
 * The script of each letter of a text. Letters of code are no language's and left out: a
 * documentation page in Chinese names classes and methods in every line and is Chinese all the
 * same. A run of ASCII without white space is code when it has an inner capital, a digit or
 * underscore next to a letter, an inner point, or a sign of programs and addresses ({@code
 * getName}, {@code utf_8}, {@code java.lang}, {@code f(x)}, {@code a=b}, {@code //}).
 */
final class Letters {
  private static final int ASCII = 0x80;

  private final int[] text;
  private final byte[] scripts;
  private int count;

  private Letters(int[] text, boolean code) {
    this.text = text;
    this.scripts = new byte[text.length];
    int at = 0;
    while (at < text.length) {
      if (!inner(text[at])) {
        add(at++);
        continue;
      }
      int end = at + 1;
      while (end < text.length && inner(text[end])) {
        end++;
      }
      if (!code && end - at > 1 && isCode(at, end)) {
        at = end; // NONE, which a new array is full of
      }
      while (at < end) {
        add(at++);
      }
    }
  }

  private void add(int at) {
    scripts[at] = Script.indexOf(text[at]);
    count += scripts[at] == 0 ? 0 : 1;
  }

  /** The letters outside code; those of code when there are no others. */
  static Letters of(int[] text) {
    var letters = new Letters(text, false);
    return letters.count > 0 ? letters : new Letters(text, true);
  }

  /** The script of the letter at a position; {@link Script#NONE} where there is none. */
  Script script(int at) {
    return Script.at(scripts[at]);
  }

  int codePoint(int at) {
    return text[at];
  }

  /** Length of the text in code points. */
  int length() {
    return text.length;
  }

  private static boolean inner(int codePoint) {
    return codePoint < ASCII && (Characters.of(codePoint) & Characters.SPACE) == 0;
  }

  private boolean isCode(int from, int to) {
    for (int at = from; at < to; at++) {
      int before = at == from ? ' ' : text[at - 1];
      int after = at + 1 == to ? ' ' : text[at + 1];
      boolean code =
          switch (text[at]) {
            case '_', '=', '{', '}', '<', '>', '\\', '$', '@', '#', '|', '`' ->
                letter(before) || letter(after);
            case '.', ':', '(', '/' ->
                letter(before) && (letter(after) || after == ')' || after == '/');
            default ->
                (lower(before) && upper(text[at]))
                    || (digit(text[at]) && (letter(before) || letter(after)));
          };
      if (code) {
        return true;
      }
    }
    return false;
  }

  private static boolean letter(int codePoint) {
    return lower(codePoint) || upper(codePoint);
  }

  private static boolean digit(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }

  private static boolean lower(int codePoint) {
    return codePoint >= 'a' && codePoint <= 'z';
  }

  private static boolean upper(int codePoint) {
    return codePoint >= 'A' && codePoint <= 'Z';
  }
}
