package io.gristmill.curation.line;

import static io.gristmill.curation.text.Characters.PUNCTUATION;
import static io.gristmill.curation.text.Characters.SPACE;
import static io.gristmill.curation.text.Characters.SYMBOL;

import io.gristmill.curation.text.Characters;
import java.util.ArrayList;
import java.util.List;

/** The phrases of a rule, found by their first two characters. */
final class PhraseSet {
  private static final int BUCKETS = 1024;
  private static final int[][] NONE = {};

  private final LineRule.Phrases rule;
  private final int[][] phrases;
  private final int[][][] byStart = new int[BUCKETS][][];

  PhraseSet(LineRule.Phrases rule) {
    this.rule = rule;
    phrases =
        rule.phrases().stream()
            .map(phrase -> lower(Characters.codePoints(phrase)))
            .toArray(int[][]::new);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      List<int[]> here = new ArrayList<>();
      for (int[] phrase : phrases) {
        if (phrase.length == 1 || bucket(phrase, 0) == bucket) {
          here.add(phrase);
        }
      }
      byStart[bucket] = here.isEmpty() ? NONE : here.toArray(int[][]::new);
    }
  }

  LineRule.Phrases rule() {
    return rule;
  }

  /** Lower case, one code point for each. */
  static int[] lower(int[] text) {
    int[] lower = new int[text.length];
    for (int at = 0; at < text.length; at++) {
      lower[at] = Character.toLowerCase(text[at]);
    }
    return lower;
  }

  /** Whether a line goes by this rule. */
  boolean removes(Line line) {
    return found(line) && withinWords(line);
  }

  boolean withinWords(Line line) {
    return rule.mostWords() == LineRule.Phrases.ANY_LENGTH
        || line.words(rule.mostWords() + 1) <= rule.mostWords();
  }

  private boolean found(Line line) {
    return switch (rule.place()) {
      case START -> lengthAt(line, line.from()) > 0;
      case END -> endsIn(line) > 0;
      case WHOLE -> whole(line);
      case ANYWHERE -> {
        for (int at = line.from(); at < line.to(); at++) {
          if (lengthAt(line, at) > 0) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  /** Length of the longest phrase that begins here; 0 if none does. */
  int lengthAt(Line line, int at) {
    int longest = 0;
    for (int[] phrase : byStart[bucket(line.lower(), at)]) {
      if (phrase.length > longest && holds(line, at, phrase)) {
        longest = phrase.length;
      }
    }
    return longest;
  }

  /** Length of the longest phrase that ends the line; 0 if none does. */
  int endsIn(Line line) {
    int longest = 0;
    for (int[] phrase : phrases) {
      if (phrase.length > longest && holds(line, line.to() - phrase.length, phrase)) {
        longest = phrase.length;
      }
    }
    return longest;
  }

  private boolean whole(Line line) {
    int from = line.from();
    int to = line.to();
    while (from < to && mark(line.text()[from])) {
      from++;
    }
    while (to > from && mark(line.text()[to - 1])) {
      to--;
    }
    for (int[] phrase : from < to ? byStart[bucket(line.lower(), from)] : NONE) {
      if (phrase.length == to - from && holds(line, from, phrase)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Line line, int at, int[] phrase) {
    if (at < line.from() || at + phrase.length > line.to()) {
      return false;
    }
    int[] lower = line.lower();
    for (int i = 0; i < phrase.length; i++) {
      if (lower[at + i] != phrase[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean mark(int codePoint) {
    return (Characters.of(codePoint) & (PUNCTUATION | SYMBOL | SPACE)) != 0;
  }

  private static int bucket(int[] text, int at) {
    int next = at + 1 < text.length ? text[at + 1] : 0;
    return ((text[at] * 0x9E3779B9) ^ (next * 0x85EBCA6B)) >>> 22;
  }
}
