package io.gristmill.mixing.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedDataTest {
  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "1, 1", "2, 1.968", "4, 3.726", "8, 6.624", "16, 10.58", "40, 15.17"})
  void epochsAreWorthWhatTheLawSays(double epochs, double worth) {
    assertThat(RepeatedData.worth(epochs)).isCloseTo(worth, within(0.006));
  }

  @Test
  void eachFurtherEpochIsWorthLessAndAllTogetherNoMoreThanTheLimit() {
    assertThat(RepeatedData.worthOfNext(0)).isEqualTo(1);
    double before = 1;
    for (int epochs = 1; epochs < 200; epochs++) {
      double next = RepeatedData.worthOfNext(epochs);
      assertThat(next).isPositive().isLessThan(before);
      before = next;
    }
    assertThat(RepeatedData.worth(1000)).isCloseTo(16.387756, within(1e-9));
  }
}
