package io.gristmill.trainer.optimizer;

/**
 * Whether Muon updates the hidden matrices in place of AdamW, and its constants. Learning rate and
 * weight decay are AdamW's.
 *
 * @param on false for AdamW alone
 * @param momentum share of the old momentum that is left after an update
 */
public record MuonConfig(boolean on, double momentum) {
  /** Of Jordan et al. 2024 and of Moonlight (arXiv 2502.16982, section 2.1). */
  public static final double USUAL_MOMENTUM = 0.95;

  public MuonConfig {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "optimizer.momentum is %s, must be at least 0 and below 1; 0.95 is usual"
              .formatted(momentum));
    }
  }

  /** AdamW alone. */
  public static MuonConfig none() {
    return new MuonConfig(false, USUAL_MOMENTUM);
  }
}
