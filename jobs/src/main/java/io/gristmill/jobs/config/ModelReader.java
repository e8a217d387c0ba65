package io.gristmill.jobs.config;

import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Parametrization;

/** Reads {@code model}: which key becomes which number of the shape. */
final class ModelReader {
  private ModelReader() {}

  /**
   * The model of a section.
   *
   * @param vocabularySize of the tokenizer
   * @param sequenceLength of the mixture
   */
  static ModelConfig read(Section section, int vocabularySize, int sequenceLength) {
    ModelConfig usual =
        new ModelConfig(
            vocabularySize, 768, 12, 12, 12, 64, 2048, sequenceLength, 10_000, 1e-5, true);
    int heads = section.wholeNumber("heads", usual.heads());
    int hiddenSize = section.wholeNumber("hidden-size", usual.hiddenSize());
    int layers = section.wholeNumber("layers", usual.layers());
    int headSize = section.wholeNumber("head-size", hiddenSize / Math.max(1, heads));
    Parametrization parametrization =
        ParametrizationReader.read(
            section.section("parametrization"),
            usual.parametrization(),
            hiddenSize,
            layers,
            headSize);
    return section
        .build(
            () ->
                new ModelConfig(
                    vocabularySize,
                    hiddenSize,
                    section.wholeNumber("layers", usual.layers()), // again: it may be refused
                    heads,
                    section.wholeNumber("key-value-heads", heads),
                    section.wholeNumber("head-size", hiddenSize / Math.max(1, heads)),
                    section.wholeNumber("intermediate-size", intermediateSize(hiddenSize)),
                    section.wholeNumber("max-sequence-length", sequenceLength),
                    section.number("rope-theta", usual.ropeTheta()),
                    section.number("rms-norm-epsilon", usual.rmsNormEpsilon()),
                    section.flag("tied-embeddings", usual.tiedEmbeddings()),
                    parametrization,
                    section.flag("query-key-norm", usual.queryKeyNorm())))
        .orElse(usual);
  }

  /** 8/3 of the hidden size, as many parameters as without a gate, up to a multiple of 32. */
  private static int intermediateSize(int hiddenSize) {
    return Math.ceilDiv(hiddenSize * 8 / 3, 32) * 32;
  }
}
