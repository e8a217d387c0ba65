package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void ticksAreRound() {
    assertThat(Scale.between(2.31, 9.8, 6).ticks()).containsExactly(2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Scale.between(0, 0.3, 3).ticks()).containsExactly(0.0, 0.1, 0.2, 0.3);
    assertThat(Scale.between(0, 400, 5).ticks()).containsExactly(0.0, 100.0, 200.0, 300.0, 400.0);
    assertThat(Scale.between(-3, 4, 4).ticks()).containsExactly(-4.0, -2.0, 0.0, 2.0, 4.0);
  }

  @Test
  void oneValueHasRoomAroundIt() {
    assertThat(Scale.between(5, 5, 4).min()).isLessThanOrEqualTo(5);
    assertThat(Scale.between(5, 5, 4).max()).isGreaterThan(5);
    assertThat(Scale.between(0, 0, 4).max()).isPositive();
  }

  @Test
  void whatIsNotANumberIsLeftOut() {
    var values = List.of(Double.NaN, 1.0, Double.POSITIVE_INFINITY, 3.0, -Double.MAX_VALUE);
    assertThat(Scale.around(values, 2).ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Scale.around(List.of(Double.NaN), 2).ticks()).containsExactly(0.0, 1.0);
    assertThat(Scale.around(List.of(), 2).ticks()).containsExactly(0.0, 1.0);
  }

  @Test
  void everyValueLiesOnTheAxis() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 2000; i++) {
      double min = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-8, 9));
      double max = min + random.nextDouble() * Math.pow(10, random.nextInt(-6, 9));
      int ticks = random.nextInt(2, 8);
      Scale scale = Scale.between(min, max, ticks);
      String which = "seed %d: %s to %s by %d".formatted(SEED, min, max, ticks);
      assertThat(scale.position(min)).as(which).isBetween(-1e-6, 1.0);
      assertThat(scale.position(max)).as(which).isBetween(0.0, 1 + 1e-6);
      assertThat(scale.ticks()).as(which).isSorted().hasSizeBetween(2, 2 * ticks + 3);
    }
  }
}
