package io.gristmill.trainer.schedule;

/**
 * How a learning rate falls, from 1 at progress 0; "exponential" means a different curve to each
 * author.
 */
public enum Decay {
  /** 1 - x. */
  LINEAR,
  /** (1 + cos(pi x)) / 2. */
  COSINE,
  /** 1 - sqrt(x) (Hägele et al. 2024, arXiv 2405.18392, eq. 1). */
  ONE_MINUS_SQRT,
  /** 0.5^(5 x): MiniCPM's five half-lives, ends at 1/32 (arXiv 2404.06395). */
  HALF_LIVES,
  /** 2 * 0.5^x - 1: Megatron-LM's "exponential", reaches 0. */
  MEGATRON_EXPONENTIAL,
  /**
   * (e^(1 - x) - 1) / (e - 1): dolomite's "exponential", reaches 0; what the Power paper decays
   * with.
   */
  EXPONENTIAL_TO_ZERO;

  /**
   * Share of the rate that is left.
   *
   * @param progress through the decay, taken as 0 below 0 and as 1 above 1
   */
  public double share(double progress) {
    double x = Math.clamp(progress, 0.0, 1.0);
    return switch (this) {
      case LINEAR -> 1 - x;
      case COSINE -> (1 + StrictMath.cos(StrictMath.PI * x)) / 2;
      case ONE_MINUS_SQRT -> 1 - Math.sqrt(x);
      case HALF_LIVES -> StrictMath.pow(0.5, 5 * x);
      case MEGATRON_EXPONENTIAL -> 2 * StrictMath.pow(0.5, x) - 1;
      case EXPONENTIAL_TO_ZERO -> StrictMath.expm1(1 - x) / StrictMath.expm1(1);
    };
  }
}
