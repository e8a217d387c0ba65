package io.gristmill.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilestonesTest {
  @Test
  void withoutDecaysItIsOneTraining() {
    var milestones = new Milestones(80, 8, 0.1, 0);
    assertThat(milestones.parts()).containsExactly(80L);
    assertThat(milestones.measured(1)).isEqualTo(10);
    assertThat(milestones.measured(8)).isEqualTo(80);
  }

  @Test
  void eachDecayBranchesOffFromTheCommonStablePart() {
    var milestones = new Milestones(100, 2, 4, 0.2);
    assertThat(milestones.stableEnd(1)).isEqualTo(40);
    assertThat(milestones.stableEnd(2)).isEqualTo(80);
    // stable 40, decay 10, stable 40 more, decay 20: two whole trainings would have been 150
    assertThat(milestones.parts()).isEqualTo(List.of(40L, 10L, 40L, 20L));
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 0, 0.1", "100, 4, 30, 0.2", "100, 10, 0, 20"})
  void whereNoStablePartIsLeftItIsRefused(
      long steps, int measurements, double warmup, double decay) {
    assertThatThrownBy(() -> new Milestones(steps, measurements, warmup, decay))
        .hasMessageContaining("ablate.tokens makes %d steps, too few".formatted(steps));
  }

  @ParameterizedTest
  @CsvSource({"100, 4, 0.02, 0.1", "1000, 8, 20, 0.2", "96, 3, 0, 5"})
  void stablePartsAddUpAndDecaysEndAtTheMeasurements(
      long steps, int measurements, double warmup, double decay) {
    var milestones = new Milestones(steps, measurements, warmup, decay);
    long stable = 0;
    for (int n = 1; n <= measurements; n++) {
      stable += milestones.parts().get(2 * (n - 1));
      assertThat(stable).isEqualTo(milestones.stableEnd(n)).isGreaterThan(milestones.warmupSteps());
      assertThat(stable + milestones.parts().get(2 * n - 1)).isEqualTo(milestones.measured(n));
    }
    assertThat(milestones.measured(measurements)).isEqualTo(steps);
  }
}
