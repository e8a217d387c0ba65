package io.gristmill.curation.line;

import java.io.Serializable;
import java.util.List;

/** Says which lines go, and why. */
public sealed interface LineRule extends Serializable {
  /** The key under which removed characters are counted. */
  String reason();

  /** Where the rule comes from. */
  String source();

  /**
   * A line goes when a measure of it lies outside [min, max].
   *
   * @param min smallest value kept; negative infinity for none
   * @param max largest value kept; positive infinity for none
   */
  record Bound(String reason, LineMeasure measure, double min, double max, String source)
      implements LineRule {
    public Bound {
      if (!(min <= max)) {
        throw new IllegalArgumentException(
            "min is %s and max is %s in line rule %s, min must be at most max"
                .formatted(min, max, reason));
      }
      if (min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "min and max are both missing in line rule %s, which then removes nothing; give one of them"
                .formatted(reason));
      }
    }

    /** A rule that keeps lines of which the measure is at least {@code min}. */
    public static Bound atLeast(double min, LineMeasure measure, String reason, String source) {
      return new Bound(reason, measure, min, Double.POSITIVE_INFINITY, source);
    }

    /** A rule that keeps lines of which the measure is at most {@code max}. */
    public static Bound atMost(double max, LineMeasure measure, String reason, String source) {
      return new Bound(reason, measure, Double.NEGATIVE_INFINITY, max, source);
    }

    boolean removes(Line line) {
      double decisive = max < Integer.MAX_VALUE ? max + 1 : min;
      double value = measure.of(line, (int) Math.clamp(Math.ceil(decisive), 0, 1 << 20));
      return value < min || value > max;
    }
  }

  /**
   * A line goes, or loses the phrase alone, when it holds one of these phrases, upper and lower
   * case alike. Nothing marks the ends of a phrase: {@code use cookies} stands in {@code reuse
   * cookies}.
   *
   * @param phrases not empty, none blank
   * @param place where in the line
   * @param mostWords longer lines stay as they are; a line in which 隐私政策 is discussed is no notice
   * @param removes what goes
   */
  record Phrases(
      String reason,
      List<String> phrases,
      Place place,
      int mostWords,
      Removes removes,
      String source)
      implements LineRule {
    /** No bound on the words of a line. */
    public static final int ANY_LENGTH = Integer.MAX_VALUE;

    public Phrases {
      phrases = List.copyOf(phrases);
      if (phrases.isEmpty() || phrases.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(
            "phrases of line rule %s must be one or more, none of them blank".formatted(reason));
      }
      if (mostWords < 1) {
        throw new IllegalArgumentException(
            "most-words is %d in line rule %s, must be at least 1; leave it out for lines of any length"
                .formatted(mostWords, reason));
      }
    }
  }

  /**
   * A line goes when a regular expression is found in it.
   *
   * @param pattern of RE2, which takes time linear in the line whatever the pattern: no
   *     look-around, no back references; {@code (?i)} in front for upper and lower case alike
   */
  record Pattern(String reason, String pattern, String source) implements LineRule {
    public Pattern {
      try {
        com.google.re2j.Pattern.compile(pattern);
      } catch (com.google.re2j.PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "pattern of line rule %s is %s, which is no expression of RE2: %s; look-around and back references are not in it"
                .formatted(reason, pattern, e.getMessage()),
            e);
      }
    }
  }

  /** Where in a line a phrase stands. */
  enum Place {
    ANYWHERE,
    START,
    END,
    /** The line is the phrase, marks and white space around it aside. */
    WHOLE
  }

  /** What a phrase takes with it. */
  enum Removes {
    LINE,
    /** The phrase and one of the spaces around it. */
    PHRASE
  }
}
