package io.gristmill.mixing.law.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void ridgeFindsWeights() {
    var observations = new ArrayList<Observation>();
    var random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      double[] x = {random.nextDouble(), random.nextDouble()};
      observations.add(new Observation(3 + 2 * x[0] - x[1], x));
    }
    Ridge ridge = Ridge.fit(observations, 1e-9);
    assertThat(ridge.intercept()).isCloseTo(3, within(1e-7));
    assertThat(ridge.weights()).containsExactly(new double[] {2, -1}, within(1e-7));
    assertThat(Ridge.fit(observations, 1e6).weights()[0]).isBetween(0.0, 1e-3);
  }
}
