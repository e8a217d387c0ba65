package io.gristmill.curation.filter;

import static io.gristmill.curation.text.Characters.ALPHABETIC;
import static io.gristmill.curation.text.Characters.CLOSER;
import static io.gristmill.curation.text.Characters.DIGIT;
import static io.gristmill.curation.text.Characters.HAN;
import static io.gristmill.curation.text.Characters.SPACE;
import static io.gristmill.curation.text.Characters.TERMINAL;

import io.gristmill.curation.text.Characters;
import java.util.BitSet;
import java.util.List;

/**
 * The lines and paragraphs of a text: how they begin and end, and which of them occurred before.
 */
final class Lines {
  /** FineWeb's bound of a short line. */
  private static final int SHORT = 30;

  /** mC4's bound of a long line. */
  private static final int LONG = 200;

  private static final List<int[]> READ_MORE =
      List.of(
              "展开",
              "展開",
              "更多",
              "全文",
              "。。。",
              "read more",
              "Read more",
              "Read More",
              "READ MORE",
              "readmore")
          .stream()
          .map(Characters::codePoints)
          .toList();

  /** Their last characters, since few lines end in one. */
  private static final BitSet READ_MORE_LAST = new BitSet();

  static {
    READ_MORE.forEach(ending -> READ_MORE_LAST.set(ending[ending.length - 1]));
  }

  private final int[] text;
  private int lines;
  private int paragraphs;
  private int sentences;
  private int terminal;
  private int shorts;
  private int bullets;
  private int ellipses;
  private int readMore;
  private int longest;
  private int longs;
  private long characters;
  private int duplicateLines;
  private long duplicateLineCharacters;
  private int duplicateParagraphs;
  private long duplicateParagraphCharacters;

  Lines(int[] text) {
    this.text = text;
    int lineEnds = 1;
    for (int codePoint : text) {
      lineEnds += endsLine(codePoint) ? 1 : 0;
    }
    scan(new Counts(lineEnds), new Counts(lineEnds));
  }

  void into(Measurement out, int words) {
    out.set(Signal.LINES, lines);
    out.set(Signal.PARAGRAPHS, paragraphs);
    out.set(Signal.SENTENCES, sentences);
    out.share(Signal.MEAN_LINE_LENGTH, (double) characters, lines);
    out.set(Signal.LONGEST_LINE, longest);
    out.set(Signal.LONG_LINES, longs);
    out.share(Signal.BULLET_LINE_SHARE, bullets, lines);
    out.share(Signal.ELLIPSIS_LINE_SHARE, ellipses, lines);
    out.share(Signal.TERMINAL_LINE_SHARE, terminal, lines);
    out.share(Signal.SHORT_LINE_SHARE, shorts, lines);
    out.share(Signal.LINE_ENDS_PER_WORD, Math.max(0, lines - 1), words);
    out.share(Signal.READ_MORE_LINE_SHARE, readMore, lines);
    out.share(Signal.DUPLICATE_PARAGRAPH_SHARE, duplicateParagraphs, paragraphs);
    out.share(
        Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE,
        (double) duplicateParagraphCharacters,
        text.length);
    out.share(Signal.DUPLICATE_LINE_SHARE, duplicateLines, lines);
    out.share(Signal.DUPLICATE_LINE_CHARACTER_SHARE, (double) duplicateLineCharacters, text.length);
  }

  private void scan(Counts seenLines, Counts seenParagraphs) {
    long paragraph = 0;
    int paragraphCharacters = 0;
    int at = 0;
    while (at <= text.length) {
      int end = at;
      while (end < text.length && !endsLine(text[end])) {
        end++;
      }
      int from = at;
      int to = end;
      while (from < to && space(text[from])) {
        from++;
      }
      while (to > from && space(text[to - 1])) {
        to--;
      }
      if (from < to) {
        long hash = Hashing.of(text, from, to);
        line(from, to);
        if (seenLines.add(hash) > 1) {
          duplicateLines++;
          duplicateLineCharacters += to - from;
        }
        paragraph = Hashing.append(paragraph, hash);
        paragraphCharacters += to - from;
      }
      if (paragraphCharacters > 0 && (from == to || end == text.length)) {
        paragraphs++;
        if (seenParagraphs.add(Hashing.mixed(paragraph)) > 1) {
          duplicateParagraphs++;
          duplicateParagraphCharacters += paragraphCharacters;
        }
        paragraph = 0;
        paragraphCharacters = 0;
      }
      boolean pair = end + 1 < text.length && text[end] == '\r' && text[end + 1] == '\n';
      at = end + (pair ? 2 : 1);
    }
  }

  private void line(int from, int to) {
    lines++;
    characters += to - from;
    longs += to - from >= LONG ? 1 : 0;
    longest = Math.max(longest, to - from);
    shorts += to - from <= SHORT ? 1 : 0;
    bullets += bullet(text, from, to) ? 1 : 0;
    ellipses +=
        text[to - 1] == '…' || ends(from, to, '.', '.', '.') || ends(from, to, '。', '。', '。')
            ? 1
            : 0;
    terminal += terminated(text, from, to) ? 1 : 0;
    readMore += invitesToReadOn(from, to) ? 1 : 0;
    sentences += sentences(from, to);
  }

  private boolean invitesToReadOn(int from, int to) {
    if (!READ_MORE_LAST.get(text[to - 1])) {
      return false;
    }
    for (int[] ending : READ_MORE) {
      if (ends(from, to, ending)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A bullet sign; a hyphen or an asterisk only when no number follows, which would make it a sign.
   */
  static boolean bullet(int[] text, int from, int to) {
    return switch (text[from]) {
      case '•',
          '‣',
          '◦',
          '⁃',
          '⁌',
          '⁍',
          '∙',
          '·',
          '●',
          '○',
          '■',
          '□',
          '▪',
          '▫',
          '◆',
          '◇',
          '►',
          '▶',
          '➢',
          '※',
          '–',
          '—' ->
          true;
      case '-', '*' -> to - from == 1 || (Characters.of(text[from + 1]) & DIGIT) == 0;
      default -> false;
    };
  }

  static boolean terminated(int[] text, int from, int to) {
    int at = to;
    while (at > from && (Characters.of(text[at - 1]) & CLOSER) != 0) {
      at--;
    }
    return at > from && (Characters.of(text[at - 1]) & TERMINAL) != 0;
  }

  /** Runs of terminal marks that end a sentence, and what follows the last of them. */
  private int sentences(int from, int to) {
    int found = 0;
    int open = 0; // letters and digits since the last end
    for (int at = from; at < to; at++) {
      int bits = Characters.of(text[at]);
      open |= bits & (ALPHABETIC | DIGIT);
      if ((bits & TERMINAL) != 0 && open != 0 && breaks(at, to)) {
        found++;
        open = 0;
      }
    }
    return found + (open == 0 ? 0 : 1);
  }

  /** A point between letters or digits ends nothing: 3.14, e.g., example.com. */
  private boolean breaks(int at, int to) {
    if (text[at] != '.' || at + 1 == to) {
      return true;
    }
    int next = Characters.of(text[at + 1]);
    return (next & (SPACE | CLOSER | TERMINAL | HAN)) != 0;
  }

  private boolean ends(int from, int to, int... ending) {
    if (to - from < ending.length) {
      return false;
    }
    for (int i = 0; i < ending.length; i++) {
      if (text[to - ending.length + i] != ending[i]) {
        return false;
      }
    }
    return true;
  }

  /** How many lines of a text are not blank. */
  static int count(int[] text) {
    int lines = 0;
    boolean blank = true;
    for (int codePoint : text) {
      if (blank) {
        if (!space(codePoint)) {
          lines++;
          blank = false;
        }
      } else {
        blank = endsLine(codePoint);
      }
    }
    return lines;
  }

  static boolean space(int codePoint) {
    return (Characters.of(codePoint) & SPACE) != 0;
  }

  /** The line ends of Unicode (UAX #14: mandatory breaks). */
  static boolean endsLine(int codePoint) {
    return codePoint <= '\r'
        ? codePoint >= '\n'
        : codePoint == 0x85 || (codePoint | 1) == 0x2029; // and 0x2028
  }
}
