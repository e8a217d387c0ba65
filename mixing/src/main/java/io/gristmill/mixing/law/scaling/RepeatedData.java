package io.gristmill.mixing.law.scaling;

/**
 * The loss where the tokens D repeat U different ones (Muennighoff et al. 2023, arXiv 2305.16264,
 * section 3.1): that of {@link LossSurface} for a smaller D and N, because a repeated token is
 * worth less each time and parameters beyond what U tokens can fill are too.
 *
 * @param surface of different tokens
 * @param decayOfData R_D*, epochs after which a further one is worth 1/e of the first
 * @param decayOfSize R_N*, the same for multiples of the size that suits U
 */
public record RepeatedData(LossSurface surface, double decayOfData, double decayOfSize) {
  /** The coefficients of the authors' program, fitted on C4 in English, 7M to 9B parameters. */
  public static RepeatedData published() {
    double exponent = 0.3526596;
    return new RepeatedData(
        new LossSurface(
            Math.exp(0.6254804), Math.exp(6.255414), exponent, Math.exp(7.3049974), exponent),
        15.387756,
        5.309743);
  }

  /**
   * The loss.
   *
   * @param parameters of the model
   * @param tokens trained on, repeats included
   * @param unique of them different
   */
  public double loss(double parameters, double tokens, double unique) {
    if (!(unique > 0 && unique <= tokens)) {
      throw new IllegalArgumentException(
          "%s different tokens of %s trained on: must be above 0 and at most as many"
              .formatted(unique, tokens));
    }
    double suitable = Math.min(parameters, suitableSize(unique));
    return surface.loss(
        suitable * worth(parameters / suitable, decayOfSize),
        unique * worth(tokens / unique, decayOfData));
  }

  /** The epochs of new text that so many epochs of the same text are worth: 3.73 for 4. */
  public double uniqueEquivalent(double epochs) {
    return epochs <= 1 ? epochs : worth(epochs, decayOfData);
  }

  /** What the epoch after so many adds: 1 is as good as new text. */
  public double nextEpoch(double epochs) {
    return uniqueEquivalent(epochs + 1) - uniqueEquivalent(epochs);
  }

  /** The size that suits so many tokens, {@code (U G)^(beta/alpha) G}. */
  private double suitableSize(double unique) {
    double g = surface.balance();
    return Math.pow(unique * g, surface.beta() / surface.alpha()) * g;
  }

  private static double worth(double multiple, double decay) {
    return 1 + decay * -Math.expm1(-(multiple - 1) / decay);
  }
}
