package io.gristmill.curation.filter;

import java.io.Serializable;

/**
 * Whether a document is kept, and if not, what was measured against which threshold.
 *
 * @param reason {@code kept}, or the name of the first rule that failed
 * @param signal the signal that the rule reads; empty when kept
 * @param value what was measured; NaN when kept
 * @param threshold the bound that the value lies beyond; NaN when kept
 */
public record Verdict(String reason, String signal, double value, double threshold)
    implements Serializable {
  /** The document stays. */
  public static final Verdict KEEP = new Verdict("kept", "", Double.NaN, Double.NaN);

  /** The document goes. */
  public static Verdict drop(String reason, String signal, double value, double threshold) {
    return new Verdict(reason, signal, value, threshold);
  }

  /** True when no rule failed. */
  public boolean kept() {
    return signal.isEmpty();
  }
}
