package io.gristmill.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.training.ScheduleConfig;
import io.gristmill.trainer.training.ScheduleConfig.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecommendationTest {
  private static final long BATCH = 128 * 4096;

  private static ScheduleConfig schedule(Kind kind, double warmup) {
    return new ScheduleConfig(kind, 0.02, warmup, 0.1, Decay.LINEAR, 0.1, 4, -0.51);
  }

  private static Recommendation of(Kind kind, double parameters, double tokens) {
    return Recommendation.of(schedule(kind, 0.02), parameters, parameters, (long) tokens, BATCH, 3);
  }

  /** Worked out from 1.79 N^-.713 D^.307 and .58 D^.571. */
  @ParameterizedTest
  @CsvSource({
    "5e8, 1e10, 1.32e-3, 297e3, false",
    "1e8, 2e9, 2.54e-3, 119e3, true",
    "1.3e9, 1e11, 1.35e-3, 1.11e6, true"
  })
  void cosineHasTheStepLaw(
      double parameters, double tokens, double rate, double batch, boolean extrapolated) {
    Recommendation advice = of(Kind.COSINE, parameters, tokens);
    assertThat(advice.law()).startsWith("Step Law");
    assertThat(advice.learningRate() / rate).isCloseTo(1, within(0.005));
    assertThat(advice.batchTokens() / batch).isCloseTo(1, within(0.005));
    assertThat(advice.extrapolated()).isEqualTo(extrapolated);
    assertThat(advice.notes().getLast().startsWith("extrapolated: ")).isEqualTo(extrapolated);
  }

  /** beta 4 n^-.51 at 128 sequences of 4,096: .01316 at 1B tokens, .00456 at 8B. */
  @ParameterizedTest
  @CsvSource({"1e9, 0.01316", "8e9, 0.00456"})
  void powerHasItsOwnRateAndNoBatch(double warmupTokens, double rate) {
    var schedule = schedule(Kind.POWER, (double) Math.round(warmupTokens / BATCH));
    Recommendation advice = Recommendation.of(schedule, 1e8, 1e8, 100_000_000_000L, BATCH, 3);
    assertThat(advice.learningRate() / rate).isCloseTo(1, within(0.002));
    assertThat(advice.batchTokens()).isZero();
    assertThat(advice.extrapolated()).isFalse();
  }

  @Test
  void aShortPowerRunIsConstant() {
    Recommendation advice =
        Recommendation.of(schedule(Kind.POWER, 0.02), 1e7, 1e7, 100_000_000, 4096L * 512, 3);
    assertThat(advice.learningRate()).isEqualTo(0.02);
    assertThat(advice.notes()).contains("the cap holds to the end: this is a constant rate");
    assertThat(advice.extrapolated()).isTrue();
  }

  @Test
  void wsdHasMiniCpmsBatchAndNoRate() {
    Recommendation advice = of(Kind.WSD, 1e8, 1e10);
    assertThat(advice.batchTokens() / 1.28e6).isCloseTo(1, within(0.01));
    assertThat(advice.learningRate()).isZero();
    assertThat(advice.notes()).anyMatch(note -> note.contains("for muP"));
    assertThat(advice.extrapolated()).isFalse();
    assertThat(of(Kind.WSD, 1e9, 1e10).extrapolated()).isTrue();
  }

  @Test
  void aConstantRateHasNoLaw() {
    Recommendation advice = of(Kind.CONSTANT, 1e8, 1e10);
    assertThat(advice.law()).isEmpty();
    assertThat(advice.batchTokens() + advice.learningRate()).isZero();
  }

  /** Whatever the schedule, only one law is named, and both numbers are its own. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void lawsAreNotMixed(Kind kind) {
    Recommendation advice = of(kind, 5e8, 1e10);
    assertThat(advice.batchTokens() > 0 && advice.learningRate() > 0)
        .isEqualTo(kind == Kind.COSINE);
  }
}
