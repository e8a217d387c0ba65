package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.trainer.kernel.Precision;

/** What the bits of trainings depend on, of their configuration but for model and mixture. */
final class TrainingInputs {
  private TrainingInputs() {}

  /** Adds it; keys that trainings from before them do not have are left out at their defaults. */
  static Inputs add(Inputs inputs, RunConfig config) {
    if (config.muon().on()) {
      inputs.configuration("optimizer.muon", config.muon());
    }
    return inputs
        .configuration("pretrain", config.pretrain())
        .without("pretrain.checkpoint-interval")
        .without("pretrain.keep-checkpoints")
        .without("pretrain.recompute")
        .without("pretrain.precision")
        .unusual(
            "pretrain.precision",
            config.pretrain().precision().numerics(),
            Precision.FP32.numerics())
        .configuration("optimizer", config.optimizer())
        .configuration("schedule", config.schedule());
  }
}
