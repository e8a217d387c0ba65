package io.gristmill.trainer.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A shape with a name. Those of our own have a tied table, 8/3 of the hidden size in the
 * feed-forward block, and about so many parameters with a vocabulary of 32,000; the others are
 * published, those of MiniCPM with their muP.
 *
 * @param key its name in configurations
 * @param model with the vocabulary and positions that it was published with, or 32,000 and 4,096
 */
public record ModelPreset(String key, ModelConfig model) {
  private static final int POSITIONS = 4096;

  /** What a configuration without a shape means. */
  public static final ModelPreset USUAL = llama("110m", 768, 12, 12, 2048);

  /** All, by size in each family. */
  public static final List<ModelPreset> ALL =
      List.of(
          llama("5m", 128, 4, 4, 352),
          llama("15m", 288, 6, 6, 768),
          llama("42m", 512, 8, 8, 1376),
          USUAL,
          llama("340m", 1024, 24, 16, 2752),
          llama("730m", 1536, 24, 24, 4096),
          llama("1.3b", 2048, 24, 32, 5504),
          // Zhang et al. 2024, arXiv 2401.02385, table 1.
          new ModelPreset(
              "tinyllama-1.1b",
              new ModelConfig(32_000, 2048, 22, 32, 4, 64, 5632, 2048, 10_000, 1e-5, false)),
          // arXiv 2406.09900; its norms stand behind the blocks, ours before them.
          new ModelPreset(
              "geb-1.3b",
              new ModelConfig(64_896, 2048, 24, 16, 4, 128, 5632, 4096, 10_000, 1e-5, false)),
          // Hu et al. 2024, arXiv 2404.06395: the models of its experiments, and the 1.2B.
          miniCpm("minicpm-9m", 320, 8, 5, 5, 800),
          miniCpm("minicpm-30m", 512, 12, 8, 8, 1280),
          miniCpm("minicpm-70m", 640, 14, 10, 10, 1600),
          miniCpm("minicpm-0.1b", 768, 16, 12, 12, 1920),
          miniCpm("minicpm-0.17b", 896, 18, 14, 14, 2240),
          miniCpm("minicpm-0.2b", 1024, 20, 16, 16, 2560),
          miniCpm("minicpm-0.5b", 1344, 24, 21, 21, 3360),
          miniCpm("minicpm-1.2b", 1536, 52, 24, 8, 3840));

  /**
   * The preset of a name.
   *
   * @throws IllegalArgumentException naming all, if there is none
   */
  public static ModelPreset named(String name) {
    return ALL.stream()
        .filter(preset -> preset.key.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model.preset is %s, must be one of %s"
                        .formatted(
                            name,
                            ALL.stream().map(ModelPreset::key).collect(Collectors.joining(", ")))));
  }

  private static ModelPreset llama(
      String key, int hiddenSize, int layers, int heads, int intermediateSize) {
    return new ModelPreset(
        key, ModelConfig.of(32_000, hiddenSize, layers, heads, intermediateSize, POSITIONS));
  }

  private static ModelPreset miniCpm(
      String key, int hiddenSize, int layers, int heads, int keyValueHeads, int intermediateSize) {
    int vocabularySize = 73_440; // of the 1.2B; the experiments count without
    int headSize = 64;
    var shape =
        new ModelConfig(
            vocabularySize,
            hiddenSize,
            layers,
            heads,
            keyValueHeads,
            headSize,
            intermediateSize,
            POSITIONS,
            10_000,
            1e-5,
            true);
    return new ModelPreset(key, shape.with(MiniCpmParametrization.defaults()));
  }
}
