package io.gristmill.mixing.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.law.fit.Law;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.law.mixture.BivariateLaw;
import io.gristmill.mixing.law.mixture.MixingLaw;
import io.gristmill.mixing.law.mixture.Ridge;
import io.gristmill.mixing.law.mixture.Spearman;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import io.gristmill.mixing.law.ratio.CriticalRatioLaw;
import io.gristmill.mixing.law.ratio.DomainLossLaw;
import io.gristmill.mixing.law.ratio.DomainRatioLaw;
import io.gristmill.mixing.law.ratio.GeneralLossLaw;
import io.gristmill.mixing.law.ratio.RatioLaw;
import io.gristmill.mixing.law.scaling.Chinchilla;
import io.gristmill.mixing.law.scaling.OverTraining;
import io.gristmill.mixing.law.scaling.VocabularyLosses;
import io.gristmill.mixing.law.scaling.WsdTrunk;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is fitted says how many points would be enough. */
class TooFewPointsTest {
  static List<Law> laws() {
    return List.of(
        BivariateLaw.LAW,
        MixingLaw.of(List.of("news", "web", "code")),
        CriticalRatioLaw.LAW,
        DomainLossLaw.LAW,
        DomainRatioLaw.LAW,
        GeneralLossLaw.LAW,
        RatioLaw.LAW,
        Chinchilla.LAW,
        OverTraining.LAW,
        VocabularyLosses.LAW,
        WsdTrunk.LAW);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void aLawWantsOnePointMoreThanItHasParameters(Law law) {
    int parameters = law.parameters().size();
    List<Observation> points = new ArrayList<>();
    for (int i = 0; i < parameters; i++) {
      points.add(observation(law, i));
      points.add(observation(law, i)); // again: it tells of noise, not of the law
    }
    assertThatThrownBy(() -> law.fit(points))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s has %d parameters, so %d different points are too few; %d are the least that can be fitted, about %d give intervals that mean something",
            law.name(), parameters, parameters, parameters + 1, 3 * parameters);
    points.add(observation(law, parameters));
    assertThat(law.fit(points).values()).hasSize(parameters).doesNotContain(Double.NaN);
  }

  private static Observation observation(Law law, int number) {
    double[] inputs = new double[law.inputs().size()];
    for (int j = 0; j < inputs.length; j++) {
      inputs[j] = 0.1 + 0.7 * ((number + 1) * (j + 2) % 11) / 11 + 0.001 * number;
    }
    return new Observation(2 + 1.0 / (number + 1), inputs);
  }

  @Test
  void whatIsNoLawSaysSoToo() {
    assertThatThrownBy(() -> Ridge.fit(List.of(), 0.01))
        .hasMessage(
            "ridge of 0 observations with lambda 0.01: needs one at least, and lambda above 0, as .01");
    assertThatThrownBy(() -> Spearman.correlation(new double[] {1}, new double[] {2}))
        .hasMessage("1 predictions and 1 observations: must be as many, and two at least");
    assertThatThrownBy(() -> CriticalRatio.turned(new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no ratio was tried; two are the least, one that has turned and one that has not");
  }
}
