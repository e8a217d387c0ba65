package io.gristmill.trainer.model;

/**
 * No multipliers. First weights have standard deviation 0.02, divided by sqrt(2 layers) for the two
 * matrices of a layer that write to the residual stream (Radford et al. 2019, section 2.3).
 */
public record StandardParametrization() implements Parametrization {
  private static final double INITIAL_DEVIATION = 0.02;

  @Override
  public double embeddingMultiplier() {
    return 1;
  }

  @Override
  public double residualMultiplier(int layers) {
    return 1;
  }

  @Override
  public double attentionMultiplier(int headSize) {
    return 1 / Math.sqrt(headSize);
  }

  @Override
  public double logitsMultiplier(int hiddenSize) {
    return 1;
  }

  @Override
  public double widthRatio(int hiddenSize) {
    return 1;
  }

  @Override
  public double initialDeviation() {
    return INITIAL_DEVIATION;
  }

  @Override
  public double initialDeviation(ModelConfig config, boolean writesToStream) {
    return writesToStream
        ? INITIAL_DEVIATION / Math.sqrt(2.0 * config.layers())
        : INITIAL_DEVIATION;
  }
}
