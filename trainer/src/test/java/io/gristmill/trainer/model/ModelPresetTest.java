package io.gristmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPresetTest {
  /** TinyLlama and the 1.2B as published; GEB-1.3B by its shape. */
  @Test
  void publishedModelsHaveThePublishedParameters() {
    assertThat(layout("tinyllama-1.1b").size()).isEqualTo(1_100_048_384L);
    assertThat(layout("minicpm-1.2b").nonVocabulary()).isEqualTo(1_247_442_432L);
    assertThat(layout("geb-1.3b").size()).isEqualTo(1_348_044_800L);
  }

  /** The sizes of the experiments of arXiv 2404.06395, billions without the vocabulary. */
  @ParameterizedTest
  @CsvSource({
    "minicpm-9m, 0.009",
    "minicpm-30m, 0.036",
    "minicpm-70m, 0.066",
    "minicpm-0.1b, 0.109",
    "minicpm-0.17b, 0.166",
    "minicpm-0.2b, 0.241",
    "minicpm-0.5b, 0.499"
  })
  void theModelsOfTheWindTunnelHaveThePublishedSizes(String name, double billions) {
    assertThat(Math.round(layout(name).nonVocabulary() / 1e6))
        .isEqualTo(Math.round(billions * 1e3));
    assertThat(ModelPreset.named(name).model().parametrization())
        .isEqualTo(new MiniCpmParametrization(256, 0.1, 12, 1.4));
  }

  @ParameterizedTest
  @CsvSource({"5m, 5", "15m, 15", "42m, 42", "110m, 110", "340m, 340", "730m, 730", "1.3b, 1300"})
  void ourOwnHaveAboutTheSizeOfTheirName(String name, double millions) {
    assertThat(layout(name).size() / 1e6).isBetween(0.96 * millions, 1.04 * millions);
  }

  @Test
  void anUnknownNameIsAnsweredWithAll() {
    assertThatThrownBy(() -> ModelPreset.named("7b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model.preset is 7b, must be one of 5m, 15m,")
        .hasMessageEndingWith("minicpm-1.2b");
  }

  private static ParameterLayout layout(String name) {
    return ParameterLayout.of(ModelPreset.named(name).model());
  }
}
