package io.gristmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.yaml.Section;
import io.gristmill.trainer.model.MiniCpmParametrization;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ModelPreset;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.PowerParametrization;
import io.gristmill.trainer.model.StandardParametrization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelReaderTest {
  private static final int VOCABULARY = 5000;
  private static final int SEQUENCE = 128;

  @Test
  void withoutKeysItIsTheUsualModel() {
    assertThat(read("model: {}"))
        .isEqualTo(
            new ModelConfig(VOCABULARY, 768, 12, 12, 12, 64, 2048, SEQUENCE, 10_000, 1e-5, true));
  }

  @Test
  void noParametrizationIsTheStandardOne() {
    assertThat(read("model: {layers: 2}").parametrization())
        .isEqualTo(new StandardParametrization());
  }

  @Test
  void miniCpmHasItsOwnConstants() {
    assertThat(read("model: {parametrization: {kind: minicpm}}").parametrization())
        .isEqualTo(new MiniCpmParametrization(256, 0.1, 12, 1.4));
    assertThat(
            read("model: {parametrization: {kind: minicpm, base-width: 64, depth-multiplier: 2}}")
                .parametrization())
        .isEqualTo(new MiniCpmParametrization(64, 0.1, 12, 2));
  }

  @Test
  void powerFollowsTheShape() {
    assertThat(
            read("model: {hidden-size: 512, heads: 8, layers: 49, parametrization: {kind: power}}")
                .parametrization())
        .isEqualTo(new PowerParametrization(256, 0.1, 12, 1.4 / 7, 1.0 / 64, 2));
    assertThat(
            read("model: {parametrization: {kind: power, logits-scaling: 1, base-width: 128}}")
                .parametrization())
        .isEqualTo(new PowerParametrization(128, 0.1, 12, 1.4 / Math.sqrt(12), 1.0 / 64, 1));
  }

  @Test
  void aPresetIsAShapeWithTheRunsVocabularyAndPositions() {
    for (ModelPreset preset : ModelPreset.ALL) {
      assertThat(read("model: {preset: %s}".formatted(preset.key())))
          .isEqualTo(preset.model().withVocabulary(VOCABULARY).withPositions(SEQUENCE));
    }
  }

  @Test
  void otherKeysChangeAPreset() {
    ModelConfig narrower = read("model: {preset: geb-1.3b, hidden-size: 1024, layers: 3}");
    assertThat(narrower)
        .isEqualTo(
            new ModelConfig(VOCABULARY, 1024, 3, 16, 4, 64, 2752, SEQUENCE, 10_000, 1e-5, false));
    ModelConfig plain = read("model: {preset: minicpm-9m, parametrization: {kind: standard}}");
    assertThat(plain.parametrization()).isEqualTo(new StandardParametrization());
    assertThat(
            read("model: {preset: minicpm-9m, parametrization: {base-width: 64}}")
                .parametrization())
        .isEqualTo(new MiniCpmParametrization(64, 0.1, 12, 1.4));
    refused(
        "model: {preset: 7b, heads: 5}",
        "model.yaml:1: model.preset is 7b, must be one of 5m, 15m",
        "minicpm-1.2b");
  }

  @Test
  void theDocsTellTheParametersOfEveryPreset() throws IOException {
    String docs =
        Files.readString(
            Path.of(System.getProperty("tests.root")).resolve("docs/training-model.md"));
    for (ModelPreset preset : ModelPreset.ALL) {
      ParameterLayout layout = ParameterLayout.of(preset.model());
      assertThat(docs.lines().filter(line -> line.startsWith("| `" + preset.key() + "` |")))
          .singleElement()
          .asString()
          .contains("%,d".formatted(layout.nonVocabulary()), "%,d".formatted(layout.size()));
    }
  }

  @Test
  void queriesAndKeysAreNormedOnRequestAndNotUnderMup() {
    assertThat(read("model: {query-key-norm: true}"))
        .isEqualTo(read("model: {}").withQueryKeyNorm());
    refused(
        "model: {query-key-norm: true, parametrization: {kind: power}}",
        "model.yaml:1: model.query-key-norm stands beside a muP");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() {
    refused(
        "model: {parametrization: {kind: minicpm, logits-scaling: 2}}",
        "model.yaml:1: model.parametrization.logits-scaling belongs to the kind power, but model.parametrization.kind is minicpm");
    refused(
        "model: {parametrization: {base-width: 2}}",
        "model.parametrization.base-width belongs to the kind minicpm or power, but model.parametrization.kind is standard");
    refused(
        "model: {parametrization: {kind: completep}}",
        "model.parametrization.kind is 'completep', must be one of standard, minicpm, power");
    refused(
        "model: {parametrization: {kind: power, base-width: 0, residual-multiplier: -1}}",
        "model.parametrization.base-width is 0.0, must be above 0",
        "model.parametrization.residual-multiplier is -1.0, must be above 0");
    refused(
        "model: {head-size: 32, parametrization: {kind: minicpm}}",
        "folders know no head-size other than hidden-size / heads, but 12 heads of 32 are not 768");
  }

  private static void refused(String yaml, String... messages) {
    assertThatThrownBy(() -> read(yaml)).hasMessageContainingAll(messages);
  }

  private static ModelConfig read(String yaml) {
    return Section.read(
        "model.yaml",
        yaml,
        List.of(),
        root -> ModelReader.read(root.section("model"), VOCABULARY, SEQUENCE));
  }
}
