package io.gristmill.trainer.model;

/** The constants that a parametrization puts into the forward pass, as the kernels take them. */
record Multipliers(float embedding, float residual, float attention, float logits) {
  static Multipliers of(ModelConfig config) {
    Parametrization parametrization = config.parametrization();
    return new Multipliers(
        (float) parametrization.embeddingMultiplier(),
        (float) parametrization.residualMultiplier(config.layers()),
        (float) parametrization.attentionMultiplier(config.headSize()),
        (float) parametrization.logitsMultiplier(config.hiddenSize()));
  }
}
