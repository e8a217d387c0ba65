package io.gristmill.curation.passage;

import io.gristmill.curation.text.Characters;
import java.util.Arrays;

/**
 * The sentences of a text as places in its code points, without the white space around them. A
 * sentence ends
 *
 * <ul>
 *   <li>behind 。！？ and the closing marks that follow;
 *   <li>behind any other mark that ends sentences, with its closing marks, before white space; but
 *       not behind a full stop before a small letter (UAX #29, SB8);
 *   <li>at the end of a line, unless the next line goes on with a small letter: a list, a heading
 *       and a line of a poem are sentences, a wrapped line is none;
 *   <li>at an empty line.
 * </ul>
 *
 * A sentence never begins with a combining mark, a joiner or a variation selector, so a cut between
 * sentences leaves every character whole.
 */
final class Sentences {
  private final int[] text;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count;

  private Sentences(int[] text) {
    this.text = text;
  }

  /** Cuts a text, given as code points, into sentences. */
  static Sentences of(int[] text) {
    var sentences = new Sentences(text);
    sentences.scan();
    return sentences;
  }

  int count() {
    return count;
  }

  /** Where a sentence begins, in code points. */
  int start(int sentence) {
    return starts[sentence];
  }

  /** Where a sentence ends (exclusive), in code points. */
  int end(int sentence) {
    return ends[sentence];
  }

  /** The sentence that holds a place. */
  int holding(int place) {
    int at = Arrays.binarySearch(starts, 0, count, place);
    return at < 0 ? -at - 2 : at;
  }

  private void scan() {
    int start = skipSpace(0);
    int at = start;
    while (at < text.length) {
      int end = at;
      if (text[at] == '\n') {
        int next = skipSpace(at);
        if (splits(next) || (!emptyLine(at, next) && continues(next))) {
          at = next;
          continue;
        }
        at = next;
      } else if (terminal(text[at])) {
        end = closed(at);
        int next = skipSpace(end);
        if (splits(next) || !ends(at, end, next)) {
          at = end;
          continue;
        }
        at = next;
      } else {
        at++;
        continue;
      }
      add(start, end);
      start = at;
    }
    add(start, text.length);
  }

  /** Behind a run of marks and what closes them. */
  private int closed(int at) {
    int end = at + 1;
    while (end < text.length
        && (terminal(text[end]) || closer(text[end]) || Tokens.joined(text[end]))) {
      end++;
    }
    return end;
  }

  private boolean ends(int at, int end, int next) {
    boolean stop = true;
    for (int i = at; i < end; i++) {
      if (eastAsian(text[i])) {
        return true;
      }
      stop &= !terminal(text[i]) || text[i] == '.';
    }
    boolean apart = next > end || next == text.length;
    return apart && !(stop && continues(next));
  }

  private boolean continues(int next) {
    return next < text.length && Character.isLowerCase(text[next]);
  }

  private boolean splits(int next) {
    return next < text.length && Tokens.joined(text[next]);
  }

  private boolean emptyLine(int from, int to) {
    int breaks = 0;
    for (int i = from; i < to; i++) {
      breaks += text[i] == '\n' ? 1 : 0;
    }
    return breaks > 1;
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < text.length && (Characters.of(text[at]) & Characters.SPACE) != 0) {
      at++;
    }
    return at;
  }

  private static boolean terminal(int codePoint) {
    return (Characters.of(codePoint) & Characters.TERMINAL) != 0;
  }

  private static boolean closer(int codePoint) {
    return (Characters.of(codePoint) & Characters.CLOSER) != 0 && codePoint != '“';
  }

  private static boolean eastAsian(int codePoint) {
    return codePoint == '。' || codePoint == '！' || codePoint == '？' || codePoint == '｡';
  }

  private void add(int start, int end) {
    int last = end;
    while (last > start && (Characters.of(text[last - 1]) & Characters.SPACE) != 0) {
      last--;
    }
    if (last == start) {
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = last;
  }
}
