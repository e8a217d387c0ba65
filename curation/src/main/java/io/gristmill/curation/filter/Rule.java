package io.gristmill.curation.filter;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Drops a document when a signal or a score lies outside [min, max]; what was not measured drops
 * nothing.
 *
 * @param reason what the verdict says
 * @param signal name of the signal or score that is compared
 * @param min smallest value kept; negative infinity for none
 * @param max largest value kept; positive infinity for none
 * @param source where the threshold comes from
 */
public record Rule(String reason, String signal, double min, double max, String source)
    implements Serializable {
  public Rule {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "min is %s and max is %s in rule %s, min must be at most max"
              .formatted(min, max, reason));
    }
    if (min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "min and max are both missing in rule %s, which then drops nothing; give one of them"
              .formatted(reason));
    }
  }

  /** A rule that keeps values of at least {@code min}. */
  public static Rule atLeast(double min, Signal signal, String reason, String source) {
    return new Rule(reason, signal.key(), min, Double.POSITIVE_INFINITY, source);
  }

  /** A rule that keeps values of at most {@code max}. */
  public static Rule atMost(double max, Signal signal, String reason, String source) {
    return new Rule(reason, signal.key(), Double.NEGATIVE_INFINITY, max, source);
  }

  /**
   * The verdict of a document that fails, or nothing.
   *
   * @param measured a signal or score by its name; NaN where it does not exist for the document
   */
  Optional<Verdict> judge(ToDoubleFunction<String> measured) {
    double value = measured.applyAsDouble(signal);
    if (value < min) {
      return Optional.of(Verdict.drop(reason, signal, value, min));
    }
    return value > max ? Optional.of(Verdict.drop(reason, signal, value, max)) : Optional.empty();
  }
}
