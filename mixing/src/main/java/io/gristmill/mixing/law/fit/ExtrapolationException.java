package io.gristmill.mixing.law.fit;

/** A law was asked about something far from what it was fitted on. */
public final class ExtrapolationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private ExtrapolationException(String message) {
    super(message);
  }

  /** Refuses an input outside of the range. */
  public static void unlessWithin(Range range, String law, String input, double asked) {
    if (!range.contains(asked)) {
      throw new ExtrapolationException(
          "%s: %s %s is outside of %s to %s, what the law was fitted on; observe it there, or allow it with reaching(…)"
              .formatted(law, input, asked, range.low(), range.high()));
    }
  }
}
