package io.gristmill.trainer.spike;

import java.util.Locale;

/**
 * Whether a run looks for spikes, and what it does about them.
 *
 * @param window accepted steps that a step is compared with
 * @param sigma standard deviations above their mean from which it is a spike
 */
public record SpikesConfig(Policy policy, int window, double sigma) {
  /**
   * Half of it must be there before anything is judged, and fewer have no deviation to speak of.
   */
  private static final int LEAST_WINDOW = 8;

  /** What is done about a spike. */
  public enum Policy {
    /** Nothing, nor is one looked for. */
    OFF,
    /** Its update is not made. */
    SKIP,
    /** Its batch is replaced by another (Wu et al. 2024, arXiv 2406.09900). */
    REPLACE;

    /** As in the YAML. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SpikesConfig {
    if (window < LEAST_WINDOW) {
      throw new IllegalArgumentException(
          "window is %d, must be at least %d steps; 128 is usual".formatted(window, LEAST_WINDOW));
    }
    if (!(sigma > 0)) {
      throw new IllegalArgumentException(
          "sigma is %s, must be above 0 standard deviations; 6 is usual".formatted(sigma));
    }
  }

  /** No policy; window and sigma are those of OLMo-core's {@code SkipStepOptimizer}. */
  public static SpikesConfig off() {
    return new SpikesConfig(Policy.OFF, 128, 6);
  }

  /** Whether spikes are looked for. */
  public boolean on() {
    return policy != Policy.OFF;
  }

  /** Whether batches are replaced. */
  public boolean replaces() {
    return policy == Policy.REPLACE;
  }
}
