package io.gristmill.trainer.optimizer;

/**
 * AdamW's constants.
 *
 * @param weightDecay applied to matrices, never to norm gains
 */
public record AdamWConfig(double beta1, double beta2, double epsilon, double weightDecay) {
  public AdamWConfig {
    requireShare("beta1", beta1, "0.9");
    requireShare("beta2", beta2, "0.95");
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "optimizer.epsilon is %s, must be above 0; 1e-8 is usual".formatted(epsilon));
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "optimizer.weight-decay is %s, must be at least 0; 0.1 is usual".formatted(weightDecay));
    }
  }

  /** What language models are usually trained with (Touvron et al. 2023, section 2.3). */
  public static AdamWConfig defaults() {
    return new AdamWConfig(0.9, 0.95, 1e-8, 0.1);
  }

  private static void requireShare(String key, double value, String usual) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "optimizer.%s is %s, must be at least 0 and below 1; %s is usual"
              .formatted(key, value, usual));
    }
  }
}
