package io.gristmill.mixing.law.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.LawData;
import io.gristmill.mixing.law.LawTable;
import io.gristmill.mixing.law.fit.ExtrapolationException;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatioLawTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @ValueSource(strings = {"460m", "940m", "1600m", "3100m"})
  @Tag("shared")
  void aQuarterIsPredictedFromTheLargerRatios(String model) {
    var observations = new ArrayList<Observation>();
    double quarter = 0;
    for (LawData.Row row : LawData.rows("cmr-table2")) {
      double loss = row.number("loss_" + model);
      switch (row.text("mixture_ratio")) {
        case "0.25" -> quarter = loss;
        case "0.33" -> observations.add(new Observation(loss, 1.0 / 3)); // a third, rounded
        default -> observations.add(new Observation(loss, row.number("mixture_ratio")));
      }
    }
    Fit fit = RatioLaw.LAW.fit(observations);
    LawData.Row expected =
        LawData.rows("cmr-expected").stream()
            .filter(row -> row.text("model").equals(model))
            .findFirst()
            .orElseThrow();
    LawTable.row(
        "CMR, finance, " + model + ": loss at a quarter of domain text",
        "%s, measured %s".formatted(expected.text("paper_prediction_at_0.25"), quarter),
        "%.4f; alpha %.4f, s %.3f, beta %.4f"
            .formatted(
                fit.reaching("ratio", 0.25).predict(0.25),
                fit.value("alpha"),
                fit.value("s"),
                fit.value("beta")));
    assertThat(fit.reaching("ratio", 0.25).predict(0.25))
        .isCloseTo(quarter, withinPercentage(0.01));
    assertThat(fit.value("s")).isCloseTo(expected.number("s_refit"), within(0.005));
    assertThat(fit.value("alpha")).isCloseTo(expected.number("alpha_refit"), withinPercentage(3));
    assertThat(fit.value("beta")).isCloseTo(expected.number("beta_refit"), within(0.01));
    assertThatThrownBy(() -> fit.predict(0.25))
        .isInstanceOf(ExtrapolationException.class)
        .hasMessageContaining("ratio 0.25 is outside of 0.333");
  }

  private static List<Observation> general(double noise, double... ratios) {
    var random = new Random(SEED);
    var observations = new ArrayList<Observation>();
    for (double ratio : ratios) {
      double loss = 0.4 * Math.pow(ratio, 1.5) + 2 + noise * random.nextGaussian();
      observations.add(new Observation(loss, ratio));
    }
    return observations;
  }

  private static final double[] RATIOS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};

  /** {@code .4 R^1.5 + 2 = before + tolerance} where R is as given. */
  private static double tolerance(double before, double ratio) {
    return 0.4 * Math.pow(ratio, 1.5) + 2 - before;
  }

  @Test
  void theCriticalRatioIsWhereTheToleranceIsUsedUp() {
    List<RatioChoice> choices =
        RatioChoice.of(
            general(0.0005, RATIOS),
            2.01,
            List.of(tolerance(2.01, 0.25), tolerance(2.01, 0.5)),
            400,
            SEED);
    for (int i = 0; i < 2; i++) {
      RatioChoice choice = choices.get(i);
      double truth = i == 0 ? 0.25 : 0.5;
      assertThat(choice.ratio()).isInstanceOf(CriticalRatio.Found.class);
      assertThat(((CriticalRatio.Found) choice.ratio()).ratio()).isCloseTo(truth, within(0.01));
      assertThat(choice.interval().low()).as("seed=%d", SEED).isLessThan(truth + 0.005);
      assertThat(choice.interval().high()).as("seed=%d", SEED).isGreaterThan(truth - 0.005);
      assertThat(choice.interval().width()).isBetween(1e-4, 0.05);
      assertThat(choice.found()).isEqualTo(1);
    }
  }

  @Test
  void whereEveryRatioOrNoneIsFeasibleNoneIsInvented() {
    List<RatioChoice> choices =
        RatioChoice.of(general(0.0005, RATIOS), 2.01, List.of(1.0, -0.005), 200, SEED);
    assertThat(choices.get(0).ratio()).isEqualTo(new CriticalRatio.AllFeasible(0.8));
    assertThat(choices.get(1).ratio()).isEqualTo(new CriticalRatio.NoneFeasible(0.1));
    assertThat(choices.get(0).found()).isZero();
    assertThat(choices.get(1).found()).isZero();
  }

  @Test
  void anExponentIsUndeterminedWhereNoiseIsAsLargeAsWhatRatiosDo() {
    Fit fit = RatioLaw.LAW.fit(general(0.02, 0.5, 0.52, 0.54, 0.56, 0.58));
    assertThat(fit.identifiability().undetermined()).contains("s");
    assertThat(fit.identifiability().standardErrors()).doesNotContain(Double.NaN);
    assertThat(RatioLaw.LAW.fit(general(0.0001, RATIOS)).identifiability().undetermined())
        .isEmpty();
  }

  @Test
  void threeRatiosAreTooFew() {
    assertThatThrownBy(() -> RatioLaw.LAW.fit(general(0, 0.2, 0.4, 0.6)))
        .hasMessage(
            "ratio law has 3 parameters, so 3 different points are too few; 4 are the least that can be fitted, about 9 give intervals that mean something");
  }
}
