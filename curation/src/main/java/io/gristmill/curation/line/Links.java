package io.gristmill.curation.line;

/**
 * Addresses that are written out in a text: with a scheme ({@code https://…}, {@code ftp://…}),
 * from {@code www.} on, or a host with a port or a path ({@code example.com:8080}, {@code
 * example.com/page}). A bare name ({@code example.com}, {@code node.js}) and a bare number ({@code
 * 1.1.1.1}) are not told from words and versions, and stay. Only ASCII belongs to an address, so
 * that Chinese beside it is no part of it.
 */
final class Links {
  static final String REASON = "link";

  private static final boolean[] PART = part();

  private Links() {}

  static void find(int[] text, Cuts cuts) {
    int at = 0;
    while (at < text.length) {
      if (!alphanumeric(text[at])) {
        at++;
        continue;
      }
      int wordEnd = at;
      while (wordEnd < text.length && (alphanumeric(text[wordEnd]) || nameMark(text[wordEnd]))) {
        wordEnd++;
      }
      boolean fresh = at == 0 || (text[at - 1] != '@' && text[at - 1] != '/');
      int end = fresh ? end(text, at, wordEnd) : at;
      if (end > at) {
        cuts.add(at, end, REASON);
        at = end;
      } else {
        at = wordEnd;
      }
    }
  }

  /** Where an address that begins at a word ends; {@code at} itself if none does. */
  private static int end(int[] text, int at, int wordEnd) {
    if (wordEnd + 3 < text.length
        && text[wordEnd] == ':'
        && text[wordEnd + 1] == '/'
        && text[wordEnd + 2] == '/'
        && part(text[wordEnd + 3])) {
      return trimmed(text, at, wordEnd + 3);
    }
    if (wordEnd - at > 4
        && Character.toLowerCase(text[at]) == 'w'
        && Character.toLowerCase(text[at + 1]) == 'w'
        && Character.toLowerCase(text[at + 2]) == 'w'
        && text[at + 3] == '.'
        && alphanumeric(text[at + 4])) {
      return trimmed(text, at, wordEnd);
    }
    return host(text, at, wordEnd) && portOrPath(text, wordEnd) ? trimmed(text, at, wordEnd) : at;
  }

  private static boolean portOrPath(int[] text, int at) {
    if (at + 1 >= text.length) {
      return false;
    }
    return text[at] == ':'
        ? text[at + 1] >= '0' && text[at + 1] <= '9'
        : text[at] == '/' && alphanumeric(text[at + 1]);
  }

  /** Labels with points between, the last of two letters or more. */
  private static boolean host(int[] text, int from, int to) {
    int last = to - 1;
    while (last >= from && letter(text[last])) {
      last--;
    }
    if (to - last - 1 < 2 || last <= from || text[last] != '.') {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (text[at] == '_' || text[at] == '+' || (text[at] == '.' && text[at - 1] == '.')) {
        return false;
      }
    }
    return true;
  }

  /**
   * To the last character that may belong to an address, closing marks of the sentence left out.
   */
  private static int trimmed(int[] text, int from, int sure) {
    int end = sure;
    while (end < text.length && part(text[end])) {
      end++;
    }
    while (end > sure && closes(text, from, end)) {
      end--;
    }
    return end;
  }

  private static boolean closes(int[] text, int from, int end) {
    return switch (text[end - 1]) {
      case '.', ',', ':', '!', '?', '\'', '*', '(', '[' -> true;
      case ')' -> count(text, from, end, ')') > count(text, from, end, '(');
      case ']' -> count(text, from, end, ']') > count(text, from, end, '[');
      default -> false;
    };
  }

  private static int count(int[] text, int from, int to, int mark) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += text[at] == mark ? 1 : 0;
    }
    return count;
  }

  private static boolean part(int codePoint) {
    return codePoint < 128 && PART[codePoint];
  }

  private static boolean[] part() {
    boolean[] part = new boolean[128];
    for (int codePoint = 0; codePoint < 128; codePoint++) {
      part[codePoint] = alphanumeric(codePoint) || "-._~:/?#[]@!$&'()*+,=%".indexOf(codePoint) >= 0;
    }
    return part;
  }

  private static boolean nameMark(int codePoint) {
    return codePoint == '.' || codePoint == '-' || codePoint == '_' || codePoint == '+';
  }

  private static boolean letter(int codePoint) {
    return (codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z';
  }

  private static boolean alphanumeric(int codePoint) {
    return letter(codePoint) || (codePoint >= '0' && codePoint <= '9');
  }
}
