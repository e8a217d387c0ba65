package io.gristmill.mixing.law.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BivariateLawTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void theBivariateLawComesBack() {
    var random = new Random(SEED);
    var observations = new ArrayList<Observation>();
    for (double share : List.of(0.05, 0.1, 0.2, 0.4, 0.8)) {
      for (double steps = 1000; steps < 40_000; steps *= 1.6) {
        double loss = Math.pow(share, -0.08) * (20 * Math.pow(steps, -0.4) + 1.9);
        observations.add(new Observation(loss * (1 + 0.001 * random.nextGaussian()), share, steps));
      }
    }
    var bootstrap = BivariateLaw.LAW.fit(observations).bootstrap(200, SEED);
    assertThat(bootstrap.interval("alpha", 0.99).contains(0.08)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("beta", 0.99).contains(0.4)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("C", 0.99).contains(1.9)).as("seed=%d", SEED).isTrue();
  }
}
