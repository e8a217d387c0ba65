package io.gristmill.curation.filter;

import java.io.Serializable;
import java.util.Optional;

/**
 * Drops a document when a signal lies outside [min, max]; a signal that was not measured drops
 * nothing.
 *
 * @param reason what the verdict says
 * @param signal what is compared
 * @param min smallest value kept; negative infinity for none
 * @param max largest value kept; positive infinity for none
 * @param source where the threshold comes from
 */
public record Rule(String reason, Signal signal, double min, double max, String source)
    implements Serializable {
  public Rule {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "rule %s: min is %s and max is %s, min must be at most max".formatted(reason, min, max));
    }
  }

  /** A rule that keeps values of at least {@code min}. */
  public static Rule atLeast(double min, Signal signal, String reason, String source) {
    return new Rule(reason, signal, min, Double.POSITIVE_INFINITY, source);
  }

  /** A rule that keeps values of at most {@code max}. */
  public static Rule atMost(double max, Signal signal, String reason, String source) {
    return new Rule(reason, signal, Double.NEGATIVE_INFINITY, max, source);
  }

  /** A rule that keeps values from {@code min} to {@code max}, both included. */
  public static Rule between(double min, double max, Signal signal, String reason, String source) {
    return new Rule(reason, signal, min, max, source);
  }

  /** The verdict of a document that fails, or nothing. */
  Optional<Verdict> judge(Signals signals) {
    double value = signals.value(signal);
    if (value < min) {
      return Optional.of(Verdict.drop(reason, signal.key(), value, min));
    }
    return value > max
        ? Optional.of(Verdict.drop(reason, signal.key(), value, max))
        : Optional.empty();
  }
}
