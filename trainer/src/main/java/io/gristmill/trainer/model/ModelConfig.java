package io.gristmill.trainer.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The shape of a Llama-like decoder; the fields are those of a Hugging Face {@code config.json}.
 *
 * @param hiddenSize channels of the residual stream
 * @param heads query heads per layer
 * @param keyValueHeads heads of keys and values, shared by {@code heads / keyValueHeads} query
 *     heads
 * @param headSize channels per head; heads * headSize need not be hiddenSize
 * @param intermediateSize channels between the two halves of the feed-forward block
 * @param maxSequenceLength positions that rotary tables cover
 * @param ropeTheta base of the rotary frequencies
 * @param tiedEmbeddings whether the output head is the embedding table
 * @param parametrization multipliers, first weights and learning rates by the width; left out of
 *     the JSON form where it is the standard one
 * @param queryKeyNorm whether each head's query and key is normed before rotary positions (Henry et
 *     al. 2020, arXiv 2010.04245; the RMSNorm of Qwen3, arXiv 2505.09388); left out where not
 */
public record ModelConfig(
    int vocabularySize,
    int hiddenSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int intermediateSize,
    int maxSequenceLength,
    double ropeTheta,
    double rmsNormEpsilon,
    boolean tiedEmbeddings,
    @JsonInclude(
            value = JsonInclude.Include.CUSTOM,
            valueFilter = StandardParametrization.class) // equals what is to be left out
        Parametrization parametrization,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean queryKeyNorm) {
  public ModelConfig {
    if (parametrization == null) { // as the JSON form leaves it
      parametrization = new StandardParametrization();
    }
    requirePositive("vocabulary-size", vocabularySize, 32_000);
    requirePositive("hidden-size", hiddenSize, 768);
    requirePositive("layers", layers, 12);
    requirePositive("heads", heads, 12);
    requirePositive("key-value-heads", keyValueHeads, heads);
    requirePositive("head-size", headSize, 64);
    requirePositive("intermediate-size", intermediateSize, 2048);
    requirePositive("max-sequence-length", maxSequenceLength, 1024);
    if (heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "model.key-value-heads is %d, must divide model.heads %d; %d is usual"
              .formatted(keyValueHeads, heads, largestDivisor(heads, keyValueHeads)));
    }
    if (headSize % 2 != 0) {
      throw new IllegalArgumentException(
          "model.head-size is %d, must be even for rotary positions; 64 is usual"
              .formatted(headSize));
    }
    if (!(ropeTheta > 1)) {
      throw new IllegalArgumentException(
          "model.rope-theta is %s, must be above 1; 10000 is usual".formatted(ropeTheta));
    }
    if (!(rmsNormEpsilon > 0 && rmsNormEpsilon < 1)) {
      throw new IllegalArgumentException(
          "model.rms-norm-epsilon is %s, must be between 0 and 1; 1e-5 is usual"
              .formatted(rmsNormEpsilon));
    }
    if (parametrization instanceof MiniCpmParametrization && heads * headSize != hiddenSize) {
      throw new IllegalArgumentException(
          "model.parametrization.kind is minicpm, whose folders know no head-size other than hidden-size / heads, but %d heads of %d are not %d; change model.heads, or take the kind power"
              .formatted(heads, headSize, hiddenSize));
    }
    if (queryKeyNorm && !(parametrization instanceof StandardParametrization)) {
      throw new IllegalArgumentException(
          "model.query-key-norm stands beside a muP, which no model folder knows together with it; remove it, or model.parametrization");
    }
    requireArray("vocabulary-size * hidden-size", (long) vocabularySize * hiddenSize);
    requireArray("intermediate-size * hidden-size", (long) intermediateSize * hiddenSize);
    requireArray("heads * head-size * hidden-size", (long) heads * headSize * hiddenSize);
  }

  /** A plain Llama: the standard parametrization, no norms on queries and keys. */
  public ModelConfig(
      int vocabularySize,
      int hiddenSize,
      int layers,
      int heads,
      int keyValueHeads,
      int headSize,
      int intermediateSize,
      int maxSequenceLength,
      double ropeTheta,
      double rmsNormEpsilon,
      boolean tiedEmbeddings) {
    this(
        vocabularySize,
        hiddenSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        intermediateSize,
        maxSequenceLength,
        ropeTheta,
        rmsNormEpsilon,
        tiedEmbeddings,
        new StandardParametrization(),
        false);
  }

  /**
   * A model whose heads divide its hidden size evenly, with full attention heads and tied
   * embeddings.
   *
   * @throws IllegalArgumentException if {@code heads} does not divide {@code hiddenSize}
   */
  public static ModelConfig of(
      int vocabularySize,
      int hiddenSize,
      int layers,
      int heads,
      int intermediateSize,
      int maxSequenceLength) {
    requirePositive("heads", heads, 12);
    if (hiddenSize % heads != 0) {
      throw new IllegalArgumentException(
          "model.heads is %d, must divide model.hidden-size %d; %d is usual"
              .formatted(heads, hiddenSize, largestDivisor(hiddenSize, heads)));
    }
    return new ModelConfig(
        vocabularySize,
        hiddenSize,
        layers,
        heads,
        heads,
        hiddenSize / heads,
        intermediateSize,
        maxSequenceLength,
        10_000,
        1e-5,
        true);
  }

  /** The same shape with another vocabulary. */
  public ModelConfig withVocabulary(int size) {
    return with(size, maxSequenceLength, parametrization, queryKeyNorm);
  }

  /** The same shape for sequences of another length. */
  public ModelConfig withPositions(int length) {
    return with(vocabularySize, length, parametrization, queryKeyNorm);
  }

  /** The same shape in another parametrization. */
  public ModelConfig with(Parametrization other) {
    return with(vocabularySize, maxSequenceLength, other, queryKeyNorm);
  }

  /** The same shape with norms on queries and keys. */
  public ModelConfig withQueryKeyNorm() {
    return with(vocabularySize, maxSequenceLength, parametrization, true);
  }

  private ModelConfig with(int vocabulary, int positions, Parametrization rules, boolean norm) {
    return new ModelConfig(
        vocabulary,
        hiddenSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        intermediateSize,
        positions,
        ropeTheta,
        rmsNormEpsilon,
        tiedEmbeddings,
        rules,
        norm);
  }

  /** Channels of all query heads together. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Channels of all key heads together, and of all value heads. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }

  /**
   * Multiply-adds counted as two operations that one token of training needs: six for each weight
   * of a matrix product, and causal attention forward and backward over {@code length} positions.
   */
  public double trainingFlopsPerToken(int length) {
    double layer =
        (double) hiddenSize * (2L * queryWidth() + 2L * keyValueWidth() + 3L * intermediateSize);
    double products = layers * layer + (double) vocabularySize * hiddenSize;
    return 6 * products + 6.0 * layers * queryWidth() * length;
  }

  private static int largestDivisor(int of, int atMost) {
    for (int candidate = Math.min(of, atMost); candidate > 1; candidate--) {
      if (of % candidate == 0) {
        return candidate;
      }
    }
    return 1;
  }

  private static void requirePositive(String key, int value, int usual) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "model.%s is %d, must be at least 1; %d is usual".formatted(key, value, usual));
    }
  }

  private static void requireArray(String what, long elements) {
    if (elements > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "model.%s is %d elements, must be below 2^31 for one tensor; make one of them smaller"
              .formatted(what, elements));
    }
  }
}
