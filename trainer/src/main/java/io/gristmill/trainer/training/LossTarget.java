package io.gristmill.trainer.training;

/**
 * The held-out loss that a component of the mixture is to reach.
 *
 * @param domain of the line of {@code mixture.weights}, as it says it
 * @param language of the line, as it says it
 * @param loss in nats per token
 */
public record LossTarget(String domain, String language, double loss) {
  public LossTarget {
    if (!(loss > 0 && loss <= 1000)) {
      throw new IllegalArgumentException(
          "loss is %s, must be above 0 and at most 1000 nats per token; what a trained model of this size reaches is usual"
              .formatted(loss));
    }
  }

  /** {@code domain/language}, for people. */
  public String label() {
    return domain + "/" + language;
  }
}
