package io.gristmill.trainer.simulation;

import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.training.TrainerConfig;

/**
 * What is to be trained.
 *
 * @param tokens of the whole run, repeats included
 */
public record Workload(ModelConfig model, TrainerConfig trainer, int sequenceLength, long tokens) {
  public Workload {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "tokens is %d, must be at least 1; it is what the run trains on".formatted(tokens));
    }
  }
}
