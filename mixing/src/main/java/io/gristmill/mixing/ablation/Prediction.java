package io.gristmill.mixing.ablation;

/**
 * What the laws foretell of a ratio that was not trained.
 *
 * @param losses at the end of the training, nats per token
 */
public record Prediction(double ratio, Losses losses) {
  /** How far the prediction is off, as a share of what was measured. */
  public Losses error(Losses measured) {
    return new Losses(
        losses.general() / measured.general() - 1, losses.domain() / measured.domain() - 1);
  }
}
