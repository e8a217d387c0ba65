package io.gristmill.curation.passage;

import io.gristmill.curation.text.Characters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The passages of a text that are compared: its lines, its paragraphs, and those runs of whole
 * sentences that hold a window which {@link Winnowing} selects.
 *
 * <p>If a run of whole sentences of at least {@code substringWords} stands in two texts, both
 * select the same window inside it, and the sentences that the window touches are a passage of
 * both. Passages of consecutive windows touch, so a long run is covered but for a sentence at its
 * ends that no window touches. No passage is shorter than three quarters of {@code substringWords}.
 */
final class Passages {
  private final PassageConfig config;
  private final int leastLine;
  private final Winnowing winnowing;

  Passages(PassageConfig config) {
    this.config = config;
    this.leastLine = PassageConfig.WORD_LENGTH * config.lineWords();
    int guarantee = PassageConfig.WORD_LENGTH * config.substringWords();
    this.winnowing = new Winnowing(guarantee * 3 / 4, guarantee);
  }

  /** The passages of a text: lines, then paragraphs, then substrings, each kind in order. */
  List<Passage> of(String text) {
    int[] codePoints = Characters.codePoints(text);
    var tokens = Tokens.of(codePoints);
    var passages = new ArrayList<Passage>();
    if (config.lines()) {
      addLines(codePoints, tokens, passages::add);
    }
    if (config.paragraphs()) {
      addParagraphs(codePoints, tokens, passages::add);
    }
    if (config.substrings()) {
      addSubstrings(codePoints, tokens, passages::add);
    }
    return passages;
  }

  private void addLines(int[] text, Tokens tokens, Consumer<Passage> passages) {
    int token = 0;
    for (int start = 0; start < text.length; ) {
      int end = lineEnd(text, start);
      int to = tokensTo(tokens, token, end);
      if (tokens.length(token, to) >= leastLine) {
        passages.accept(
            Passage.of(PassageKind.LINE, tokens, token, to, start, withoutReturn(text, end)));
      }
      token = to;
      start = end + 1;
    }
  }

  private void addParagraphs(int[] text, Tokens tokens, Consumer<Passage> passages) {
    int token = 0;
    int start = 0;
    while (start < text.length) {
      int end = lineEnd(text, start);
      if (blank(text, start, end)) {
        start = end + 1;
        continue;
      }
      boolean oneLine = true;
      for (int next = end + 1; next < text.length; next = end + 1) {
        int nextEnd = lineEnd(text, next);
        if (blank(text, next, nextEnd)) {
          break;
        }
        end = nextEnd;
        oneLine = false;
      }
      int to = tokensTo(tokens, token, end);
      boolean compared = oneLine && config.lines(); // as a line, which asks for less
      if (!compared && tokens.length(token, to) >= leastLine) {
        passages.accept(
            Passage.of(PassageKind.PARAGRAPH, tokens, token, to, start, withoutReturn(text, end)));
      }
      token = to;
      start = end + 1;
    }
  }

  private void addSubstrings(int[] text, Tokens tokens, Consumer<Passage> passages) {
    int[] windows = winnowing.select(tokens);
    if (windows.length == 0) {
      return;
    }
    var sentences = Sentences.of(text);
    int before = -1;
    int beforeEnd = -1;
    for (int i = 0; i < windows.length; i += 2) {
      int start = sentences.start(sentences.holding(tokens.start(windows[i])));
      int end = sentences.end(sentences.holding(tokens.start(windows[i + 1] - 1)));
      if (start != before || end != beforeEnd) {
        passages.accept(
            Passage.of(
                PassageKind.SUBSTRING, tokens, tokens.from(start), tokens.from(end), start, end));
        before = start;
        beforeEnd = end;
      }
    }
  }

  private static int lineEnd(int[] text, int start) {
    int end = start;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private static int tokensTo(Tokens tokens, int from, int end) {
    int to = from;
    while (to < tokens.count() && tokens.start(to) < end) {
      to++;
    }
    return to;
  }

  private static int withoutReturn(int[] text, int end) {
    return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
  }

  private static boolean blank(int[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if ((Characters.of(text[i]) & Characters.SPACE) == 0) {
        return false;
      }
    }
    return true;
  }
}
