package io.gristmill.trainer.spike;

/**
 * What the batch of a step came to.
 *
 * @param step from 1
 * @param batch number of the batch, from 0: that of sequences batch * G to (batch + 1) * G - 1 of
 *     the blend order, G the global batch
 * @param loss nats per token
 * @param gradientNorm before clipping
 * @param lossScore standard deviations that the loss is above the mean of the steps before; NaN
 *     where they were too few, infinite where the loss is no number
 * @param normScore the same of the gradient norm
 */
public record Observation(
    long step, long batch, double loss, double gradientNorm, double lossScore, double normScore) {
  /** The larger of both scores. */
  public double score() {
    return Math.max(lossScore, normScore);
  }

  boolean isSpike(double sigma) {
    return lossScore > sigma || normScore > sigma;
  }
}
