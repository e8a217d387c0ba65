package io.gristmill.mixing.law.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DomainRatioLawTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private static double truth(double parameters, double tokens, double ratio) {
    return 1.2
        + 40 / Math.pow(parameters, 0.28)
        + 300 * Math.pow(ratio, 0.3) / Math.pow(tokens, 0.32)
        + 0.2 / Math.pow(ratio + 0.1, 0.6);
  }

  private static List<Observation> trained(double noise) {
    var random = new Random(SEED);
    var observations = new ArrayList<Observation>();
    for (double parameters : List.of(5e7, 1e8, 2e8, 4e8)) {
      for (double tokens : List.of(1e9, 2e9, 4e9, 8e9, 1.6e10)) {
        for (double ratio : List.of(0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)) {
          double loss = truth(parameters, tokens, ratio) * (1 + noise * random.nextGaussian());
          observations.add(new Observation(loss, parameters, tokens, ratio));
        }
      }
    }
    return observations;
  }

  @Test
  void exactLossesGiveTheParametersBack() {
    Fit fit = DomainRatioLaw.LAW.fit(trained(0));
    assertThat(fit.value("alpha")).isCloseTo(0.28, within(1e-3));
    assertThat(fit.value("beta")).isCloseTo(0.32, within(1e-3));
    assertThat(fit.value("eta")).isCloseTo(0.3, within(1e-3));
    assertThat(fit.value("gamma")).isCloseTo(0.6, within(1e-2));
    assertThat(fit.value("epsilon")).isCloseTo(0.1, within(1e-2));
    assertThat(fit.agreeing()).isGreaterThan(1);
  }

  @Test
  void noisyLossesGiveTheCurveBackBetweenThePoints() {
    Fit fit = DomainRatioLaw.LAW.fit(trained(0.002));
    assertThat(fit.predict(3e8, 5e9, 0.5)).isCloseTo(truth(3e8, 5e9, 0.5), within(0.003));
    assertThat(fit.rSquared()).isGreaterThan(0.99);
  }
}
