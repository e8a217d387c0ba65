package io.gristmill.mixing.law.scaling;

/**
 * The best batch of a model that is to reach a loss, {@code scale / loss^power} tokens (Hu et al.
 * 2024, arXiv 2404.06395, section 3.2). The loss is that on C4; it was fitted at one learning rate,
 * with muP.
 */
public record BatchByLoss(double scale, double power) {
  /** The paper's, of models of 9, 30 and 170 million parameters. */
  public static BatchByLoss published() {
    return new BatchByLoss(1.21e9, 6.24);
  }

  /**
   * Tokens of a batch.
   *
   * @param loss nats per token
   */
  public double tokens(double loss) {
    if (!(loss > 0)) {
      throw new IllegalArgumentException(
          "the loss is %s, must be above 0; 3 is usual".formatted(loss));
    }
    return scale / Math.pow(loss, power);
  }
}
