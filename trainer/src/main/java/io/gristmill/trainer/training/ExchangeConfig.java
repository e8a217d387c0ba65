package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Compression;

/**
 * How often the workers of a run exchange, and in how many bytes. Other than in the usual run the
 * number of workers then changes the result.
 *
 * @param compression of the sums of gradients, or of the differences after local steps
 * @param localSteps H, updates that each worker makes alone between two exchanges; 1 exchanges
 *     gradients in every step
 * @param outerLearningRate of the update by the mean of the workers' differences
 * @param outerMomentum Nesterov's, of the same update
 * @param workers of the run where one of these is on, else 0
 */
public record ExchangeConfig(
    Compression compression,
    long localSteps,
    double outerLearningRate,
    double outerMomentum,
    int workers) {
  /** Douillard et al. 2023, arXiv 2311.08105, section 3.1. */
  public static final double USUAL_OUTER_LEARNING_RATE = 0.7;

  /** The same section. */
  public static final double USUAL_OUTER_MOMENTUM = 0.9;

  public ExchangeConfig {
    if (localSteps < 1) {
      throw new IllegalArgumentException(
          "local-steps is %d, must be at least 1; 1 exchanges gradients in every step, 20 to 500 are usual"
              .formatted(localSteps));
    }
    if (!(outerLearningRate > 0)) {
      throw new IllegalArgumentException(
          "outer-learning-rate is %s, must be above 0; 0.7 is usual".formatted(outerLearningRate));
    }
    if (!(outerMomentum >= 0 && outerMomentum < 1)) {
      throw new IllegalArgumentException(
          "outer-momentum is %s, must be at least 0 and below 1; 0.9 is usual"
              .formatted(outerMomentum));
    }
    boolean on = compression.on() || localSteps > 1;
    if (on && workers < 1) {
      throw new IllegalArgumentException(
          "%s needs workers.workers, as the result depends on their number; set it to 2, 4 or 8"
              .formatted(localSteps > 1 ? "local-steps" : "compression"));
    }
    workers = on ? workers : 0;
  }

  /** Gradients in every step, in 32-bit floats. */
  public static ExchangeConfig synchronous() {
    return new ExchangeConfig(
        Compression.NONE, 1, USUAL_OUTER_LEARNING_RATE, USUAL_OUTER_MOMENTUM, 0);
  }

  /** The same as usual but for compression. */
  public static ExchangeConfig compressed(Compression compression, int workers) {
    return new ExchangeConfig(
        compression, 1, USUAL_OUTER_LEARNING_RATE, USUAL_OUTER_MOMENTUM, workers);
  }

  /** Local steps with the usual outer update. */
  public static ExchangeConfig local(long localSteps, int workers) {
    return new ExchangeConfig(
        Compression.NONE, localSteps, USUAL_OUTER_LEARNING_RATE, USUAL_OUTER_MOMENTUM, workers);
  }

  /** Whether the number of workers changes the result. */
  public boolean changesBits() {
    return compression.on() || trainsAlone();
  }

  /** Whether workers update by themselves. */
  public boolean trainsAlone() {
    return localSteps > 1;
  }

  /**
   * Fails unless everything that looks at the parameters of all workers does so where these are the
   * same: at the end of a round of local steps.
   *
   * @throws IllegalArgumentException naming the interval
   */
  public void requireFits(TrainerConfig trainer, OnlineMixingConfig onlineMixing) {
    requireMultiple("checkpoint-interval", trainer.checkpointInterval());
    requireMultiple("validation-interval", trainer.validationInterval());
    if (onlineMixing.on()) {
      requireMultiple("online-mixing.interval", onlineMixing.interval());
    }
  }

  private void requireMultiple(String key, long interval) {
    if (trainsAlone() && interval % localSteps != 0) {
      throw new IllegalArgumentException(
          "local-steps %d does not divide pretrain.%s %d, and workers have the same parameters only after so many; try an interval of %d"
              .formatted(
                  localSteps, key, interval, Math.ceilDiv(interval, localSteps) * localSteps));
    }
  }

  /** Fails unless a run has as many workers as its result was to be of. */
  void requireWorkers(int there) {
    if (changesBits() && there != workers) {
      throw new IllegalArgumentException(
          "workers.workers is %d and part of the result with pretrain.%s, but there are %d; bring back the missing ones, or train into another output"
              .formatted(workers, trainsAlone() ? "local-steps" : "compression", there));
    }
  }
}
