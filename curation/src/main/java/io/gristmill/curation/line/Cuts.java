package io.gristmill.curation.line;

import io.gristmill.curation.text.Characters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Parts of a text that go. */
final class Cuts {
  /** A part, in code points, end exclusive. */
  private record Cut(int from, int to, String reason) {}

  private final List<Cut> cuts = new ArrayList<>();

  void add(int from, int to, String reason) {
    cuts.add(new Cut(from, to, reason));
  }

  boolean none() {
    return cuts.isEmpty();
  }

  /**
   * The text without its cuts; of two that overlap the earlier one counts first. With a cut between
   * two spaces the second of them goes, and with the last words of a line the line.
   */
  int[] apply(int[] text, Removed removed) {
    cuts.sort(Comparator.comparingInt(Cut::from).thenComparing(Cut::to, Comparator.reverseOrder()));
    int[] out = new int[text.length];
    int length = 0;
    int lineStart = 0;
    int at = 0;
    String cutInLine = "";
    int next = 0;
    while (at < text.length) {
      if (next < cuts.size() && cuts.get(next).from() <= at) {
        Cut cut = cuts.get(next++);
        int end = Math.max(cut.to(), at);
        boolean spaceBefore = length == lineStart || blank(out[length - 1]);
        if (end > at && spaceBefore && end < text.length && blank(text[end])) {
          end++;
        }
        removed.add(cut.reason(), text, at, end);
        cutInLine = end > at ? cut.reason() : cutInLine;
        at = end;
        continue;
      }
      out[length++] = text[at++];
      if (PageLines.endsLine(out[length - 1])) {
        if (!cutInLine.isEmpty() && blank(out, lineStart, length)) {
          removed.add(cutInLine, out, lineStart, length);
          length = lineStart;
        }
        lineStart = length;
        cutInLine = "";
      }
    }
    return Arrays.copyOf(out, length);
  }

  private static boolean blank(int[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if ((Characters.of(text[at]) & Characters.SPACE) == 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(int codePoint) {
    return codePoint == ' ' || codePoint == '\t' || codePoint == '\u3000' || codePoint == '\u00a0';
  }
}
