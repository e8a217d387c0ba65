package io.gristmill.trainer.model;

/**
 * The muP of the Power scheduler (Shen et al. 2024, arXiv 2408.13359), whose multipliers are those
 * of Granite. In a Hugging Face folder: {@code model_type} granite.
 *
 * @param baseWidth hidden size at which the model is the unscaled one
 * @param initialDeviation of the first weights at that width
 * @param embeddingMultiplier m_emb
 * @param residualMultiplier m_res, of the outputs of blocks
 * @param attentionMultiplier of the scores of attention; the paper's is 1 / headSize
 * @param logitsScaling what logits are divided by; 1 in the paper's list of rules, the width ratio
 *     in the Granite models and in table 8 of arXiv 2203.03466, without which logits grow with the
 *     width
 */
public record PowerParametrization(
    int baseWidth,
    double initialDeviation,
    double embeddingMultiplier,
    double residualMultiplier,
    double attentionMultiplier,
    double logitsScaling)
    implements Parametrization {
  private static final double DEPTH = 1.4;

  public PowerParametrization {
    Parametrization.requirePositive("base-width", baseWidth, "256");
    Parametrization.requirePositive("initial-deviation", initialDeviation, "0.1");
    Parametrization.requirePositive("embedding-multiplier", embeddingMultiplier, "12");
    Parametrization.requirePositive("residual-multiplier", residualMultiplier, "0.22");
    Parametrization.requirePositive("attention-multiplier", attentionMultiplier, "1 / head-size");
    Parametrization.requirePositive("logits-scaling", logitsScaling, "hidden-size / base-width");
  }

  /**
   * What the paper would take for a shape. Its residual multipliers (0.28, 0.26 and 0.22 for 24, 32
   * and 40 layers) are about 1.4 / sqrt(layers).
   */
  public static PowerParametrization of(int baseWidth, int hiddenSize, int layers, int headSize) {
    return new PowerParametrization(
        baseWidth,
        0.1,
        12,
        DEPTH / Math.sqrt(layers),
        1.0 / headSize,
        (double) hiddenSize / baseWidth);
  }

  @Override
  public double residualMultiplier(int layers) {
    return residualMultiplier;
  }

  @Override
  public double attentionMultiplier(int headSize) {
    return attentionMultiplier;
  }

  @Override
  public double logitsMultiplier(int hiddenSize) {
    return 1 / logitsScaling;
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
