package io.gristmill.mixing.law.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpearmanTest {
  @Test
  void ranksAreCompared() {
    assertThat(Spearman.correlation(new double[] {1, 2, 9}, new double[] {-5, 0, 1})).isEqualTo(1);
    assertThat(Spearman.correlation(new double[] {1, 2, 3}, new double[] {3, 2, 1})).isEqualTo(-1);
    // ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5)
    assertThat(Spearman.correlation(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
        .isCloseTo(Math.sqrt(0.9), within(1e-12));
  }
}
