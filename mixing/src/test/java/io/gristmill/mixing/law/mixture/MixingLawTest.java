package io.gristmill.mixing.law.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.law.fit.ExtrapolationException;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixingLawTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private static double truth(double[] shares) {
    return 1.5 + Math.exp(0.5 * shares[0] - 2 * shares[1] - 0.5 * shares[2]);
  }

  private static List<Observation> trained(double noise) {
    var random = new Random(SEED);
    var observations = new ArrayList<Observation>();
    for (int first = 0; first <= 8; first++) {
      for (int second = 0; second <= 8 - first; second++) {
        double[] shares = {first / 8.0, second / 8.0, (8 - first - second) / 8.0};
        observations.add(new Observation(truth(shares) + noise * random.nextGaussian(), shares));
      }
    }
    return observations;
  }

  @Test
  void theMixingLawComesBack() {
    Fit fit = MixingLaw.of(List.of("news", "code", "books")).fit(trained(0.003));
    var bootstrap = fit.bootstrap(200, SEED);
    assertThat(bootstrap.interval("c", 0.99).contains(1.5)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("t code", 0.99).contains(-2)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("t code", 0.99).width()).isLessThan(0.5);
    assertThat(fit.identifiability().undetermined()).isEmpty();
    assertThatThrownBy(() -> fit.predict(1.2, 0, -0.2))
        .isInstanceOf(ExtrapolationException.class)
        .hasMessageContaining("mixing law: news 1.2 is outside of 0.0 to 1.0");
  }

  @Test
  void outliersDoNotPullTheMixingLaw() {
    var observations = new ArrayList<>(trained(0.003));
    for (int i = 0; i < observations.size(); i += 15) {
      observations.set(
          i, new Observation(observations.get(i).value() + 1, observations.get(i).inputs()));
    }
    Fit fit = MixingLaw.of(List.of("news", "code", "books")).fit(observations);
    assertThat(fit.meanAbsoluteError(trained(0))).isLessThan(0.01);
  }
}
