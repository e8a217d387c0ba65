package io.gristmill.trainer.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.spike.Refusal.Action;
import io.gristmill.trainer.spike.SpikeWatch.Verdict;
import io.gristmill.trainer.spike.SpikesConfig.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpikeWatchTest {
  private static final int WINDOW = 8;
  private static final long STEPS = 100;
  private static final long INTERVAL = 10;

  private static SpikeWatch watch(Policy policy) {
    return new SpikeWatch(
        new SpikesConfig(policy, WINDOW, 3), STEPS, step -> step - step % INTERVAL);
  }

  /** Takes steps whose losses are 2.0 and 2.2 in turns, with norms of 1.0 and 1.1. */
  private static void takeUsualSteps(SpikeWatch watch, long from, long to) {
    for (long step = from; step <= to; step++) {
      assertThat(watch.judge(step, 2 + 0.2 * (step % 2), 1 + 0.1 * (step % 2)))
          .as("step %d", step)
          .isEqualTo(Verdict.TAKE);
    }
  }

  @Test
  void aStepIsComparedWithTheLastAcceptedOnes() {
    SpikeWatch watch = watch(Policy.SKIP);
    watch.judge(1, 50, 50); // slides out of the window
    takeUsualSteps(watch, 2, 9);
    // mean 2.1, deviation sqrt(8 * 0.01 / 7); of the norms half of both
    double deviation = Math.sqrt(0.08 / 7);
    assertThat(watch.judge(10, 2.1 + 2.99 * deviation, 1.05)).isEqualTo(Verdict.TAKE);
    watch = watch(Policy.SKIP);
    takeUsualSteps(watch, 2, 9);
    assertThat(watch.judge(10, 2.1 + 3.01 * deviation, 1.05)).isEqualTo(Verdict.SKIP);
    Observation seen = watch.lastRefused().observation();
    assertThat(seen.lossScore()).isCloseTo(3.01, within(1e-9));
    assertThat(seen.normScore()).isCloseTo(0, within(1e-9));
    assertThat(seen.score()).isEqualTo(seen.lossScore());
    assertThat(watch.judge(11, 2, 1.05 + 3.01 * deviation / 2)).isEqualTo(Verdict.SKIP);
    assertThat(watch.lastRefused().observation().normScore()).isCloseTo(3.01, within(1e-9));
    assertThat(watch.judge(12, -50, 0)).as("below is no spike").isEqualTo(Verdict.TAKE);
  }

  @Test
  void halfAWindowMustBeThere() {
    SpikeWatch watch = watch(Policy.SKIP);
    takeUsualSteps(watch, 1, 3);
    assertThat(watch.judge(4, 100, 100)).isEqualTo(Verdict.TAKE);
    watch = watch(Policy.SKIP);
    takeUsualSteps(watch, 1, 4);
    assertThat(watch.judge(5, 100, 100)).isEqualTo(Verdict.SKIP);
  }

  @Test
  void withoutSpreadNothingIsASpikeButWhatIsNoNumber() {
    SpikeWatch watch = watch(Policy.SKIP);
    for (int step = 1; step <= 8; step++) {
      watch.judge(step, 2, 1);
    }
    assertThat(watch.judge(9, 2.5, 1)).isEqualTo(Verdict.TAKE);
    assertThat(watch.judge(10, Double.NaN, 1)).isEqualTo(Verdict.SKIP);
    assertThat(watch.lastRefused().observation().score()).isInfinite();
    assertThat(watch(Policy.SKIP).judge(1, 2, Double.POSITIVE_INFINITY)).isEqualTo(Verdict.SKIP);
  }

  @Test
  void nothingIsJudgedOrRememberedWithoutAPolicy() {
    SpikeWatch watch = watch(Policy.OFF);
    takeUsualSteps(watch, 1, 9);
    assertThat(watch.judge(10, Double.NaN, 100)).isEqualTo(Verdict.TAKE);
    assertThat(watch.memory()).isEqualTo(SpikeMemory.none());
    assertThat(watch.updates(11)).isEqualTo(11);
  }

  @Test
  void skippedStepsMakeNoUpdateAndAreNotComparedWith() {
    SpikeWatch watch = watch(Policy.SKIP);
    takeUsualSteps(watch, 1, 9);
    watch.judge(10, 9, 9);
    assertThat(watch.updates(11)).isEqualTo(10);
    assertThat(watch.batch(11)).isEqualTo(10);
    assertThat(watch.memory().accepted())
        .extracting(Observation::step)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void aLossThatStaysHighIsANewLevel() {
    SpikeWatch watch = watch(Policy.SKIP);
    takeUsualSteps(watch, 1, 9);
    for (int step = 10; step < 10 + SpikeWatch.SKIPS_IN_A_ROW; step++) {
      assertThat(watch.judge(step, 9, 9)).isEqualTo(Verdict.SKIP);
    }
    assertThat(watch.judge(18, 9, 9)).isEqualTo(Verdict.TAKE_ANEW);
    assertThat(watch.judge(19, 9.1, 9)).isEqualTo(Verdict.TAKE);
    assertThat(watch.judge(20, 90, 90)).as("too few steps of it").isEqualTo(Verdict.TAKE);
  }

  @Test
  void aBatchIsReplacedByThoseAfterTheLastStep() {
    SpikeWatch watch = watch(Policy.REPLACE);
    takeUsualSteps(watch, 1, 11);
    assertThat(watch.batch(12)).isEqualTo(11);
    assertThat(watch.judge(12, 9, 1)).isEqualTo(Verdict.REPLACE);
    assertThat(watch.batch(12)).isEqualTo(STEPS);
    assertThat(watch.judge(12, 2, 1)).isEqualTo(Verdict.TAKE);
    assertThat(watch.judge(13, 9, 1)).isEqualTo(Verdict.REPLACE);
    assertThat(watch.batch(13)).isEqualTo(STEPS + 1);
    assertThat(watch.updates(14)).isEqualTo(14);
  }

  @Test
  void whereReplacingDoesNotHelpAllStepsSinceTheCheckpointGetOtherBatches() {
    SpikeWatch watch = watch(Policy.REPLACE);
    takeUsualSteps(watch, 1, 10);
    SpikeMemory checkpoint = watch.memory();
    takeUsualSteps(watch, 11, 11);
    assertThat(watch.judge(12, 9, 1)).isEqualTo(Verdict.REPLACE); // by 100
    assertThat(watch.judge(12, 2, 1)).isEqualTo(Verdict.TAKE);
    for (int i = 0; i < SpikeWatch.REPLACEMENTS; i++) { // by 101, 102, 103
      assertThat(watch.judge(13, 9, 1)).isEqualTo(Verdict.REPLACE);
    }
    assertThat(watch.judge(13, 9, 1)).isEqualTo(Verdict.ROLL_BACK);
    watch.goBack(checkpoint);
    assertThat(List.of(watch.batch(11), watch.batch(12), watch.batch(13), watch.batch(14)))
        .containsExactly(104L, 105L, 106L, 13L);
    assertThat(watch.refused(12))
        .extracting(refusal -> refusal.observation().batch())
        .containsExactly(11L, 100L);
    assertThat(watch.refused(11).getFirst().action()).isEqualTo(Action.ROLL_BACK);
    assertThat(watch.refused(11).getFirst().observation().loss()).isEqualTo(2.2);

    takeUsualSteps(watch, 11, 12);
    for (int i = 0; i < SpikeWatch.REPLACEMENTS; i++) {
      assertThat(watch.judge(13, 9, 1)).isEqualTo(Verdict.REPLACE);
    }
    assertThat(watch.judge(13, 9, 1)).as("it went back once").isEqualTo(Verdict.SKIP);
    assertThat(watch.updates(14)).isEqualTo(13);
    takeUsualSteps(watch, 14, 20);
    assertThat(watch.memory().accepted())
        .as("a checkpoint to go back to holds the window alone")
        .hasSize(WINDOW);
  }

  @Test
  void withoutACheckpointAStepIsSkipped() {
    SpikeWatch watch = watch(Policy.REPLACE);
    takeUsualSteps(watch, 1, 6);
    for (int i = 0; i < SpikeWatch.REPLACEMENTS; i++) {
      assertThat(watch.judge(7, 9, 1)).isEqualTo(Verdict.REPLACE);
    }
    assertThat(watch.judge(7, 9, 1)).isEqualTo(Verdict.SKIP);
  }

  @Test
  void allStepsSinceTheCheckpointAreRememberedHoweverShortTheWindow() {
    var watch = new SpikeWatch(new SpikesConfig(Policy.REPLACE, WINDOW, 3), STEPS, step -> 30);
    takeUsualSteps(watch, 31, 60);
    assertThat(watch.memory().accepted()).hasSize(30);
    assertThat(watch.judge(61, 2.5, 1)).as("of the last eight").isEqualTo(Verdict.REPLACE);
    assertThat(watch.lastRefused().observation().lossScore())
        .isCloseTo(0.4 / Math.sqrt(0.08 / 7), within(1e-9));
  }

  @Test
  void bothNumbersAreChecked() {
    assertThatThrownBy(() -> new SpikesConfig(Policy.SKIP, 7, 6))
        .hasMessage("window is 7, must be at least 8 steps; 128 is usual");
    assertThatThrownBy(() -> new SpikesConfig(Policy.SKIP, 8, Double.NaN))
        .hasMessage("sigma is NaN, must be above 0 standard deviations; 6 is usual");
  }
}
