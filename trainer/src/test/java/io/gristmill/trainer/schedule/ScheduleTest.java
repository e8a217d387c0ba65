package io.gristmill.trainer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "LINEAR, .75, .5, .25, 0",
    "COSINE, .853553, .5, .146447, 0",
    "ONE_MINUS_SQRT, .5, .292893, .133975, 0",
    "MEGATRON_EXPONENTIAL, .681793, .414214, .189207, 0",
    "EXPONENTIAL_TO_ZERO, .650068, .377541, .165296, 0",
    "HALF_LIVES, .420448, .176777, .074325, .03125"
  })
  void decaysPassThroughTheirPublishedValues(
      Decay decay, double quarter, double half, double threeQuarters, double end) {
    assertThat(decay.share(0)).isEqualTo(1);
    assertThat(decay.share(0.25)).isCloseTo(quarter, within(5e-7));
    assertThat(decay.share(0.5)).isCloseTo(half, within(5e-7));
    assertThat(decay.share(0.75)).isCloseTo(threeQuarters, within(5e-7));
    assertThat(decay.share(1)).isCloseTo(end, within(1e-15));
  }

  /** beta 4 n^-0.51 capped at 0.02: arXiv 2408.13359, recomputed. */
  @ParameterizedTest
  @CsvSource({
    "128, 1, .01316",
    "128, 8, .00456",
    "128, 32, .00225",
    "128, 128, .00111",
    "512, 8, .01823",
    "512, 32, .00899",
    "512, 128, .00443",
    "1024, 32, .01798",
    "1024, 1000, .00311"
  })
  void powerPassesThroughItsPublishedValues(long sequences, long billions, double expected) {
    long tokensPerStep = sequences * 4096;
    long step = Math.round(billions * 1e9 / tokensPerStep);
    var power = Power.recommended(tokensPerStep, 0, 2 * step, 0);
    assertThat(power.rate(step)).isCloseTo(expected, within(5.1e-6));
  }

  @Test
  void powerIsCappedForShortRunsOfLargeBatches() {
    assertThat(Power.recommended(512 * 4096L, 0, 10_000, 0).rate(100)).isEqualTo(0.02);
  }

  @Test
  void powerWarmsUpToItsOwnValueAndDecaysFromIt() {
    var power = Power.recommended(65_536, 1000, 20_000, 4000);
    var free = Power.recommended(65_536, 0, 20_000, 0);
    assertThat(power.rate(500)).isEqualTo(free.rate(1000) / 2);
    assertThat(power.rate(1000)).isEqualTo(free.rate(1000));
    assertThat(power.rate(16_000)).isEqualTo(free.rate(16_000));
    assertThat(power.rate(18_000)).isCloseTo(free.rate(16_000) * .377541, within(1e-8));
    assertThat(power.rate(20_000)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Decay.class)
  void wsdIsContinuousAtItsJoins(Decay decay) {
    var wsd = new Wsd(0.01, 100, 10_000, 1000, decay, 0);
    assertThat(wsd.rate(1)).isEqualTo(0.0001);
    assertThat(wsd.rate(99)).isCloseTo(0.0099, within(1e-15));
    assertThat(wsd.rate(100)).isEqualTo(0.01);
    assertThat(wsd.rate(9000)).isEqualTo(0.01);
    assertThat(wsd.rate(9001)).isBetween(0.0096, 0.01);
    assertThat(wsd.rate(10_000)).isCloseTo(0.01 * decay.share(1), within(1e-15));
    assertThat(wsd.rate(12_000)).isEqualTo(wsd.rate(10_000));
  }

  @Test
  void wsdFallsToItsMinimum() {
    var wsd = new Wsd(1, 0, 100, 50, Decay.LINEAR, 0.1);
    assertThat(wsd.rate(75)).isCloseTo(0.55, within(1e-15));
    assertThat(wsd.rate(100)).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void wsdWithoutDecayStaysAtThePeak() {
    assertThat(new Wsd(0.5, 10, 100, 0, Decay.LINEAR, 0).rate(100)).isEqualTo(0.5);
  }

  @Test
  void cosineFallsFromPeakToMinimum() {
    var cosine = new Cosine(1e-3, 100, 1100, 0.1);
    assertThat(cosine.rate(50)).isCloseTo(5e-4, within(1e-18));
    assertThat(cosine.rate(100)).isEqualTo(1e-3);
    assertThat(cosine.rate(350)).isCloseTo(1e-3 * (.1 + .9 * .8535533906), within(1e-12));
    assertThat(cosine.rate(600)).isCloseTo(5.5e-4, within(1e-15));
    assertThat(cosine.rate(1100)).isCloseTo(1e-4, within(1e-15));
    assertThat(cosine.rate(5000)).isCloseTo(1e-4, within(1e-15));
  }

  @Test
  void constantIsFlatAfterWarmUp() {
    var constant = new Constant(2e-3, 4);
    assertThat(constant.rate(1)).isEqualTo(5e-4);
    assertThat(constant.rate(4)).isEqualTo(2e-3);
    assertThat(constant.rate(1_000_000)).isEqualTo(2e-3);
  }

  @Test
  void mistakesSayHowToMendThem() {
    assertThatThrownBy(() -> new Wsd(0, 1, 10, 1, Decay.LINEAR, 0))
        .hasMessage("schedule.peak is 0.0, must be above 0 and below 10; 1e-3 is usual");
    assertThatThrownBy(() -> new Wsd(1e-3, 11, 10, 1, Decay.LINEAR, 0))
        .hasMessage(
            "schedule.warmup-steps is 11, must be between 0 and the total of 10; 1 % of it is usual");
    assertThatThrownBy(() -> new Wsd(1e-3, 5, 10, 6, Decay.LINEAR, 0))
        .hasMessage(
            "schedule.decay-steps is 6, must be between 0 and the 5 steps after warm-up; 10 % of all steps is usual");
    assertThatThrownBy(() -> new Cosine(1e-3, 5, 10, 2))
        .hasMessage("schedule.minimum-ratio is 2.0, must be between 0 and 1; 0.1 is usual");
    assertThatThrownBy(() -> new Power(0.02, 4, 0.51, 1, 0, 10, 0, Decay.LINEAR))
        .hasMessage("schedule.b is 0.51, must be below 0; -0.51 is usual");
  }
}
