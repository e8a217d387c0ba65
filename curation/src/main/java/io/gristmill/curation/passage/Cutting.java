package io.gristmill.curation.passage;

import io.gristmill.curation.text.Characters;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Takes passages out of a text so that what is left reads as if they had never been there: a line
 * of which nothing is left goes with its line break, of the empty lines around a paragraph those
 * before it stay, and no space is left where a line now ends or two spaces would meet.
 *
 * <p>White space that goes along counts for the passage beside it, so that the characters left and
 * those removed are all there were.
 */
final class Cutting {
  private static final byte KEPT = 0;

  private final int[] text;
  private final byte[] owners; // number of the kind that removes each character
  private final int[] kept; // places of what is kept so far
  private int keptCount;

  private Cutting(int[] text) {
    this.text = text;
    this.owners = new byte[text.length];
    this.kept = new int[text.length];
  }

  /**
   * What goes and what is left.
   *
   * @param spans starts and ends in turn, in code points, ascending and apart
   * @param removed number of characters by kind
   */
  record Cut(int[] spans, Map<PassageKind, Integer> removed, String left) {}

  /** Plans the removal of some passages; a character of several counts for the first kind. */
  static Cut cut(String text, List<Span> passages) {
    var cutting = new Cutting(Characters.codePoints(text));
    for (PassageKind kind : PassageKind.values()) {
      passages.stream().filter(span -> span.kind() == kind).forEach(cutting::own);
    }
    cutting.settle();
    return new Cut(cutting.spans(), cutting.removed(), cutting.left());
  }

  /** A text without the spans of a {@link Cut}. */
  static String without(String text, int[] spans) {
    var left = new StringBuilder(text.length());
    int codePoint = 0;
    int at = 0;
    for (int i = 0; i < spans.length; i += 2) {
      int start = text.offsetByCodePoints(at, spans[i] - codePoint);
      left.append(text, at, start);
      at = text.offsetByCodePoints(start, spans[i + 1] - spans[i]);
      codePoint = spans[i + 1];
    }
    return left.append(text, at, text.length()).toString();
  }

  private void own(Span span) {
    for (int i = span.start(); i < span.end(); i++) {
      if (owners[i] == KEPT) {
        owners[i] = (byte) span.kind().number();
      }
    }
  }

  private void settle() {
    int at = 0;
    while (at < text.length) {
      if (owners[at] == KEPT) {
        kept[keptCount++] = at++;
        continue;
      }
      byte owner = owners[at];
      int end = at;
      while (end < text.length && owners[end] != KEPT) {
        end++;
      }
      at = closeUp(end, owner);
    }
  }

  /**
   * Removes the white space that lost its sense by the removal of what ends at {@code end}.
   *
   * @return from where on the text goes on
   */
  private int closeUp(int end, byte owner) {
    int spaces = spacesBefore();
    int next = behindSpaces(end);
    boolean lineBegins = spaces == keptCount || lastKept(spaces) == '\n';
    boolean lineEnds = next == text.length || (owners[next] == KEPT && text[next] == '\n');
    if (!lineBegins && !lineEnds && spaces == 0) {
      return end;
    }
    if (lineEnds) {
      drop(spaces, owner);
    }
    if (lineEnds && lineBegins) {
      next = Math.min(next + 1, text.length);
      next = emptyLineBefore() ? behindEmptyLines(next) : next;
    }
    Arrays.fill(owners, end, next, owner);
    if (next == text.length) {
      while (keptCount > 0 && white(lastKept(0))) {
        drop(1, owner);
      }
    }
    return next;
  }

  private int spacesBefore() {
    int spaces = 0;
    while (spaces < keptCount && space(lastKept(spaces))) {
      spaces++;
    }
    return spaces;
  }

  private int behindSpaces(int from) {
    int at = from;
    while (at < text.length && owners[at] == KEPT && space(text[at])) {
      at++;
    }
    return at;
  }

  private boolean emptyLineBefore() {
    int back = 1; // what is kept ends with a line break, or there is nothing
    while (back < keptCount && space(lastKept(back))) {
      back++;
    }
    return back >= keptCount || lastKept(back) == '\n';
  }

  private int behindEmptyLines(int from) {
    int line = from;
    while (line < text.length) {
      int end = behindSpaces(line);
      if (end < text.length && (owners[end] != KEPT || text[end] != '\n')) {
        break;
      }
      line = Math.min(end + 1, text.length);
    }
    return line;
  }

  private int lastKept(int back) {
    return text[kept[keptCount - 1 - back]];
  }

  private void drop(int characters, byte owner) {
    for (int i = 0; i < characters; i++) {
      owners[kept[--keptCount]] = owner;
    }
  }

  private int[] spans() {
    int[] spans = new int[16];
    int count = 0;
    for (int at = 0; at < text.length; at++) {
      boolean gone = owners[at] != KEPT;
      boolean open = count % 2 == 1;
      if (gone != open) {
        if (count == spans.length) {
          spans = Arrays.copyOf(spans, 2 * count);
        }
        spans[count++] = at;
      }
    }
    if (count % 2 == 1) {
      spans = Arrays.copyOf(spans, count + 1);
      spans[count++] = text.length;
    }
    return Arrays.copyOf(spans, count);
  }

  private Map<PassageKind, Integer> removed() {
    var removed = new EnumMap<PassageKind, Integer>(PassageKind.class);
    for (byte owner : owners) {
      if (owner != KEPT) {
        removed.merge(PassageKind.of(owner), 1, Integer::sum);
      }
    }
    return removed;
  }

  private String left() {
    int[] left = new int[keptCount];
    for (int i = 0; i < keptCount; i++) {
      left[i] = text[kept[i]];
    }
    return new String(left, 0, keptCount);
  }

  private static boolean white(int codePoint) {
    return (Characters.of(codePoint) & Characters.SPACE) != 0;
  }

  private static boolean space(int codePoint) {
    return white(codePoint) && codePoint != '\n';
  }
}
