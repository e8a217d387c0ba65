package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ModelPreset;
import io.gristmill.trainer.model.Parametrization;

/** Reads {@code model}: which key becomes which number of the shape. */
final class ModelReader {
  private ModelReader() {}

  /**
   * The folder that a model comes from, empty for none: it says the whole shape, so nothing else
   * may.
   */
  static String from(Section section) {
    String from = section.text("from", "");
    if (!from.isEmpty()) {
      section.keys().stream()
          .filter(key -> !key.equals("from"))
          .forEach(
              key -> section.refuse(key, "stands beside model.from, which says it; remove one"));
    }
    return from;
  }

  /**
   * The model of a section.
   *
   * @param vocabularySize of the tokenizer
   * @param sequenceLength of the mixture
   */
  static ModelConfig read(Section section, int vocabularySize, int sequenceLength) {
    ModelConfig usual = usual(section, vocabularySize, sequenceLength);
    int heads = section.wholeNumber("heads", usual.heads());
    int hiddenSize = section.wholeNumber("hidden-size", usual.hiddenSize());
    int layers = section.wholeNumber("layers", usual.layers());
    int usualHead = hiddenSize / Math.max(1, heads);
    int headSize = section.wholeNumber("head-size", usualHead);
    int keyValueHeads = heads == usual.heads() ? usual.keyValueHeads() : heads;
    int inner =
        hiddenSize == usual.hiddenSize() ? usual.intermediateSize() : intermediateSize(hiddenSize);
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
                    section.wholeNumber("key-value-heads", keyValueHeads),
                    section.wholeNumber("head-size", usualHead),
                    section.wholeNumber("intermediate-size", inner),
                    section.wholeNumber("max-sequence-length", sequenceLength),
                    section.number("rope-theta", usual.ropeTheta()),
                    section.number("rms-norm-epsilon", usual.rmsNormEpsilon()),
                    section.flag("tied-embeddings", usual.tiedEmbeddings()),
                    parametrization,
                    section.flag("query-key-norm", usual.queryKeyNorm())))
        .orElse(usual);
  }

  /** What keys that are not there mean: the preset, or the usual model. */
  private static ModelConfig usual(Section section, int vocabularySize, int sequenceLength) {
    return section
        .build(() -> ModelPreset.named(section.text("preset", ModelPreset.USUAL.key())))
        .orElse(ModelPreset.USUAL)
        .model()
        .withVocabulary(vocabularySize)
        .withPositions(sequenceLength);
  }

  /** 8/3 of the hidden size, as many parameters as without a gate, up to a multiple of 32. */
  private static int intermediateSize(int hiddenSize) {
    return Math.ceilDiv(hiddenSize * 8 / 3, 32) * 32;
  }
}
