package io.gristmill.mixing.law;

/**
 * What text is worth that is trained on again (Muennighoff et al. 2023, arXiv 2305.16264, section
 * 3.1): U unique tokens seen D/U times count as
 *
 * <pre>  U + U R* (1 - e^(-R/R*)),  R = D/U - 1</pre>
 *
 * unique ones, with R* = 15.387756 fitted to models on up to 900 billion tokens of English.
 */
public final class RepeatedData {
  /** R_D* of the fit. */
  private static final double REPEATS = 15.387756;

  private RepeatedData() {}

  /** The epochs of new text that so many epochs of the same text are worth. */
  public static double worth(double epochs) {
    return epochs <= 1 ? epochs : 1 + REPEATS * -Math.expm1(-(epochs - 1) / REPEATS);
  }

  /** What the epoch after so many adds: 1 is as good as new text. */
  public static double worthOfNext(double epochs) {
    return worth(epochs + 1) - worth(epochs);
  }
}
