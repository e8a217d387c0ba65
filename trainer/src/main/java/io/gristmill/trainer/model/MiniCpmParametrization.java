package io.gristmill.trainer.model;

/**
 * MiniCPM's muP (Hu et al. 2024, arXiv 2404.06395, section 3.1 and table 7); scores of attention
 * stay divided by sqrt(headSize). In a Hugging Face folder: {@code model_type} minicpm.
 *
 * @param baseWidth hidden size at which the model is the unscaled one ({@code dim_model_base})
 * @param initialDeviation of the first weights at that width
 * @param embeddingMultiplier {@code scale_emb}
 * @param depthMultiplier {@code scale_depth}; outputs of blocks are multiplied by it over
 *     sqrt(layers)
 */
public record MiniCpmParametrization(
    int baseWidth, double initialDeviation, double embeddingMultiplier, double depthMultiplier)
    implements Parametrization {
  public MiniCpmParametrization {
    Parametrization.requirePositive("base-width", baseWidth, "256");
    Parametrization.requirePositive("initial-deviation", initialDeviation, "0.1");
    Parametrization.requirePositive("embedding-multiplier", embeddingMultiplier, "12");
    Parametrization.requirePositive("depth-multiplier", depthMultiplier, "1.4");
  }

  /** The constants of appendix A.1; the base width is that of the released models. */
  public static MiniCpmParametrization defaults() {
    return new MiniCpmParametrization(256, 0.1, 12, 1.4);
  }

  @Override
  public double residualMultiplier(int layers) {
    return depthMultiplier / Math.sqrt(layers);
  }

  @Override
  public double attentionMultiplier(int headSize) {
    return 1 / Math.sqrt(headSize);
  }

  @Override
  public double logitsMultiplier(int hiddenSize) {
    return 1 / widthRatio(hiddenSize);
  }

  @Override
  public double widthRatio(int hiddenSize) {
    return (double) hiddenSize / baseWidth;
  }

  @Override
  public double initialDeviation(ModelConfig config, boolean writesToStream) {
    return Parametrization.overRoot(initialDeviation, widthRatio(config.hiddenSize()));
  }
}
