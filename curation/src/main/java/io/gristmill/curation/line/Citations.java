package io.gristmill.curation.line;

import java.util.Arrays;
import java.util.List;

/**
 * Marks of citations in square brackets: numbers ({@code [12]}, {@code []}), and what encyclopedias
 * write beside their text. C4's rule (datatrove's c4_filters.py), and the same in Chinese. In
 * program source it takes indices too.
 */
final class Citations {
  static final String REASON = "citation";

  private static final List<int[]> WORDS =
      List.of(
              "edit",
              "citation needed",
              "编辑",
              "編輯",
              "编辑源代码",
              "來源請求",
              "来源请求",
              "需要引用",
              "原創研究",
              "原创研究")
          .stream()
          .map(word -> word.codePoints().toArray())
          .toList();

  private Citations() {}

  static void find(int[] text, Cuts cuts) {
    for (int at = 0; at < text.length; at++) {
      if (text[at] == '[') {
        int end = end(text, at + 1);
        if (end > at) {
          cuts.add(at, end, REASON);
          at = end - 1;
        }
      }
    }
  }

  /** Where the mark ends that begins before {@code inside}; -1 if it is none. */
  private static int end(int[] text, int inside) {
    int at = inside;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at < text.length && text[at] == ']') {
      return at + 1;
    }
    for (int[] word : WORDS) {
      int end = inside + word.length;
      if (end < text.length
          && text[end] == ']'
          && Arrays.equals(text, inside, end, word, 0, word.length)) {
        return end + 1;
      }
    }
    return -1;
  }
}
