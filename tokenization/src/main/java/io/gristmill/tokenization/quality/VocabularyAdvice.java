package io.gristmill.tokenization.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which vocabulary size the law recommends for a model and the text that it is trained on.
 *
 * @param parameters of the model without its vocabulary
 * @param characters of training text, repeats included
 * @param curve tokens per character of this text, fitted to the sweep
 * @param compute operations of the training at the recommended size
 * @param recommended the size of the least loss for that compute (approach 3)
 * @param byCompute the size that suits that compute if the model did too (approach 1)
 * @param byModel the size that suits the model if the compute did too (approach 2)
 * @param cheapest the size within the sweep at which training over a character takes least
 * @param beyond why the recommendation is an extrapolation; empty if only the language makes it one
 * @param sizes the sizes of the sweep, each as if trained with {@code compute}
 */
public record VocabularyAdvice(
    double parameters,
    int hiddenSize,
    double characters,
    CompressionCurve curve,
    double compute,
    double recommended,
    double byCompute,
    double byModel,
    double cheapest,
    List<String> beyond,
    List<Size> sizes) {
  public VocabularyAdvice {
    beyond = List.copyOf(beyond);
    sizes = List.copyOf(sizes);
  }

  /**
   * A size of the sweep.
   *
   * @param embeddingParameters vocabulary size times hidden size
   * @param relativeCost operations per character over those of the cheapest size in the list
   * @param lossAboveBest what the law says its loss is above that of the recommended size, at the
   *     same compute, in nats per token less a unigram model's
   */
  public record Size(
      int vocabularySize, long embeddingParameters, double relativeCost, double lossAboveBest) {}

  /**
   * @param sizes of the sweep
   * @throws IllegalArgumentException if there are fewer than three, or no text to train on
   */
  public static VocabularyAdvice of(
      double parameters, int hiddenSize, double characters, List<SizeQuality> sizes) {
    if (!(characters > 0)) {
      throw new IllegalArgumentException(
          "there is no training text to recommend a vocabulary for; raise --sample, or give"
              + " --training-characters");
    }
    VocabularyLaw law = VocabularyLaw.published();
    CompressionCurve curve =
        CompressionCurve.fit(
            sizes.stream()
                .map(
                    size ->
                        new CompressionCurve.Point(
                            size.vocabularySize(), size.all().tokensPerCharacter()))
                .toList());
    double recommended = law.optimumFor(parameters, hiddenSize, characters, curve);
    double compute =
        VocabularyLaw.compute(
            parameters,
            hiddenSize,
            recommended,
            characters * curve.tokensPerCharacter(recommended));
    var beyond = new ArrayList<>(VocabularyLaw.beyond(parameters, compute, recommended));
    if (recommended < curve.smallest() || recommended > curve.largest()) {
      beyond.add(
          "%,.0f tokens of vocabulary are outside of the sweep's %,.0f to %,.0f"
              .formatted(recommended, curve.smallest(), curve.largest()));
    }
    return new VocabularyAdvice(
        parameters,
        hiddenSize,
        characters,
        curve,
        compute,
        recommended,
        VocabularyLaw.vocabularyParametersForCompute(compute) / hiddenSize,
        VocabularyLaw.vocabularyParametersForModel(parameters) / hiddenSize,
        VocabularyLaw.cheapest(parameters, hiddenSize, curve),
        beyond,
        sizes(parameters, hiddenSize, compute, recommended, sizes));
  }

  private static List<Size> sizes(
      double parameters, int hiddenSize, double compute, double best, List<SizeQuality> sizes) {
    VocabularyLaw law = VocabularyLaw.published();
    ToDoubleFunction<SizeQuality> cost =
        size ->
            VocabularyLaw.compute(
                parameters, hiddenSize, size.vocabularySize(), size.all().tokensPerCharacter());
    double least = sizes.stream().mapToDouble(cost).min().orElseThrow();
    double bestLoss = lossFor(law, parameters, hiddenSize, best, compute);
    return sizes.stream()
        .map(
            size ->
                new Size(
                    size.vocabularySize(),
                    (long) size.vocabularySize() * hiddenSize,
                    cost.applyAsDouble(size) / least,
                    lossFor(law, parameters, hiddenSize, size.vocabularySize(), compute)
                        - bestLoss))
        .toList();
  }

  private static double lossFor(
      VocabularyLaw law, double parameters, int hiddenSize, double size, double compute) {
    double tokens = compute / VocabularyLaw.compute(parameters, hiddenSize, size, 1);
    return law.loss(parameters, size * hiddenSize, tokens);
  }
}
