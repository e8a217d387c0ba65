package io.gristmill.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StragglersTest {
  /** The expected largest of W standard normal numbers: Harter 1961, table 1; 0.5642 is 1/√π. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0.5642", "4, 1.0294", "8, 1.4236", "16, 1.7660", "128, 2.5946"})
  void theSlowestIsTheLargestOfSoManyDraws(int workers, double deviations) {
    double jitter = 0.02;
    double slowest = Stragglers.draw(jitter, 128, 7).slowest(workers);
    assertThat((slowest - 1) / jitter).isCloseTo(deviations, within(0.15));
  }

  @Test
  void withoutJitterNobodyWaits() {
    Stragglers even = Stragglers.draw(0, 1024, 7);
    assertThat(even.slowest(1024)).isEqualTo(1);
  }

  @Test
  void aSeedGivesTheSameWaits() {
    assertThat(Stragglers.draw(0.1, 64, 7).slowest(64))
        .isEqualTo(Stragglers.draw(0.1, 64, 7).slowest(64))
        .isNotEqualTo(Stragglers.draw(0.1, 64, 8).slowest(64));
  }
}
