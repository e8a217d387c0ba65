package io.gristmill.curation.line;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a rule can compare of a line. Truths are 1 and 0. */
public enum LineMeasure {
  /** Code points, without white space at the ends. */
  CHARACTERS,
  /** Words that are not marks alone: UAX #29, ICU4J's dictionaries for Chinese. */
  WORDS,
  /** Letters and digits. */
  LETTERS,
  /**
   * Code points of the longest run without white space and without letters of scripts that have no
   * spaces, marks at its ends left out.
   */
  LONGEST_WORD,
  /** Capitals / code points. */
  UPPERCASE_SHARE,
  /** Decimal digits of any script / code points. */
  DIGIT_SHARE,
  /** Words that begin with a capital / words; 0 in lines of less than 12 words. */
  CAPITALISED_SHARE,
  /** {@code |} / code points that are not white space. */
  BAR_SHARE,
  /** Ends in a sentence mark of any script or in a closing quotation mark. */
  TERMINATED,
  /** Ends in {@code ...}, {@code …} or {@code 。。。}; not in the Chinese {@code ……}. */
  BROKEN_OFF,
  /** Is a number and what it counts: {@code 3.1K likes}, {@code 阅读 3.2万}. */
  COUNTER,
  /** Lines before it on the page that are the same but for case and white space around them. */
  REPEATS;

  /** The name in a profile: {@code uppercase_share}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The measure of a name.
   *
   * @throws IllegalArgumentException if there is none, with those that there are
   */
  public static LineMeasure named(String key) {
    return Arrays.stream(values())
        .filter(measure -> measure.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "measure is %s, must be one of %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(LineMeasure::key)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The value for a line.
   *
   * @param enough words beyond which the count does not matter
   */
  double of(Line line, int enough) {
    return switch (this) {
      case CHARACTERS -> line.length();
      case WORDS -> line.words(enough);
      case LETTERS -> line.letters();
      case LONGEST_WORD -> line.longestWord();
      case UPPERCASE_SHARE -> line.uppercaseShare();
      case DIGIT_SHARE -> line.digitShare();
      case CAPITALISED_SHARE -> line.capitalisedShare();
      case BAR_SHARE -> line.barShare();
      case TERMINATED -> truth(line.terminated());
      case BROKEN_OFF -> truth(line.brokenOff());
      case COUNTER -> truth(Counter.is(line));
      case REPEATS -> line.repeats();
    };
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }
}
