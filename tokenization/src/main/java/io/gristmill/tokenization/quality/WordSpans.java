package io.gristmill.tokenization.quality;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;

/**
 * The words of a text as ranges of its UTF-8 bytes: what ICU4J's word break iterator marks as
 * letters, numbers, kana or ideographs, Han cut by its dictionary. Marks and white space belong to
 * no word. Holds working memory; not thread-safe.
 */
final class WordSpans {
  /** Never moved itself: each user has a clone, since a break iterator holds its position. */
  private static final BreakIterator WORDS = BreakIterator.getWordInstance(ULocale.CHINESE);

  private final BreakIterator words = WORDS.clone();
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int count;

  /** Cuts a text; what was cut before is forgotten. */
  void cut(String text) {
    count = 0;
    words.setText(text);
    int from = words.first();
    int offset = 0;
    for (int to = words.next(); to != BreakIterator.DONE; to = words.next()) {
      int end = offset + utf8Length(text, from, to);
      if (words.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT) {
        add(offset, end);
      }
      offset = end;
      from = to;
    }
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  private static int utf8Length(String text, int from, int to) {
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        length += 2; // two surrogates are one character of 4 bytes
      } else {
        length += 3;
      }
    }
    return length;
  }

  int count() {
    return count;
  }

  /** The first byte of a word. */
  int start(int word) {
    return starts[word];
  }

  /** The byte after the last one of a word. */
  int end(int word) {
    return ends[word];
  }
}
