package io.gristmill.mixing.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.mixture.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatioDesignTest {
  private static final List<Weight> LINES =
      List.of(
          new Weight("prose", "en", 0.6),
          new Weight("prose", "zh*", 0.2),
          new Weight("docs", "en", 0.05),
          new Weight("docs", "zh*", 0.15));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.125, 0.333, 0.5, 1})
  void bothSidesKeepTheirInnerRatio(double ratio) {
    List<Weight> lines = design(List.of(0.0, 0.125, 0.333, 0.5, 1.0)).at(ratio, LINES);
    assertThat(lines.stream().mapToDouble(Weight::weight).sum()).isCloseTo(1, within(1e-12));
    assertThat(lines.get(2).weight() + lines.get(3).weight()).isCloseTo(ratio, within(1e-12));
    assertThat(lines.get(0).weight()).isCloseTo(3 * lines.get(1).weight(), within(1e-12));
    assertThat(lines.get(3).weight()).isCloseTo(3 * lines.get(2).weight(), within(1e-12));
  }

  @Test
  void eachSeedTrainsEachRatio() {
    RatioDesign design = new RatioDesign("docs", List.of(1.0, 0.0), List.of(0.5), List.of(3L, 4L));
    assertThat(design.trials("s", LINES))
        .extracting(Trial::label)
        .containsExactly(
            "s, R 0.0, seed 3", "s, R 1.0, seed 3", "s, R 0.0, seed 4", "s, R 1.0, seed 4");
    assertThat(design.foretold("s", LINES))
        .extracting(Trial::name, Trial::seed)
        .containsExactly(tuple("r0.5", 3L), tuple("r0.5", 4L));
  }

  @Test
  void linesCountByTheirWeightsAmongTheirOwn() {
    RatioDesign design = design(List.of(0.0, 0.333, 1.0));
    Trial trial = design.trials("s", LINES).get(1);
    RatioMeasure measure =
        design.measure(new Measure(trial, 8, List.of(3.0, 5.0, 2.0, 6.0)), LINES);
    assertThat(measure.ratio()).isEqualTo(0.333); // not what is left of it in the weights
    // (0.6 * 3 + 0.2 * 5) / 0.8 and (0.05 * 2 + 0.15 * 6) / 0.2
    assertThat(measure.losses().general()).isCloseTo(3.5, within(1e-12));
    assertThat(measure.losses().domain()).isCloseTo(5, within(1e-12));
  }

  @Test
  void anUnknownDomainIsRefused() {
    assertThatThrownBy(
            () -> new RatioDesign("news", List.of(0.0, 1.0), List.of(), List.of(1L)).at(0, LINES))
        .hasMessageContaining("ablate.domain is news")
        .hasMessageContaining("have weight 0.0, the others 1.0, must both be above 0");
  }

  @Test
  void designsThatCannotAnswerAreRefused() {
    assertThatThrownBy(() -> design(List.of(0.5))).hasMessageContaining("must have at least 2");
    assertThatThrownBy(() -> design(List.of(0.5, 1.5))).hasMessageContaining("has 1.5");
    assertThatThrownBy(() -> design(List.of(0.5, 0.5))).hasMessageContaining("name a ratio twice");
    assertThatThrownBy(() -> new RatioDesign("docs", List.of(0.0, 0.5), List.of(0.75), List.of(1L)))
        .hasMessageContaining("ablate.predict has 0.75, must lie between");
    assertThatThrownBy(() -> new RatioDesign("docs", List.of(0.0, 0.5), List.of(), List.of(1L, 1L)))
        .hasMessageContaining("ablate.seeds is [1, 1]");
    assertThatThrownBy(() -> new RatioDesign("", List.of(0.0, 0.5), List.of(), List.of(1L)))
        .hasMessageContaining("ablate.domain is missing");
  }

  private static RatioDesign design(List<Double> ratios) {
    return new RatioDesign("docs", ratios, List.of(), List.of(1L));
  }
}
