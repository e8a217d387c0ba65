package io.gristmill.mixing.law.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntropyStartTest {
  @Test
  void whatIsHarderToPredictGetsMore() {
    assertThat(EntropyStart.shares(List.of(Math.log(1), Math.log(3))).get(1))
        .isCloseTo(0.75, within(1e-12));
    assertThat(EntropyStart.shares(List.of(800.0, 800.0))).containsExactly(0.5, 0.5);
  }
}
