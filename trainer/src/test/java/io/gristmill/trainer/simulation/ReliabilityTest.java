package io.gristmill.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliabilityTest {
  private static final long SEED = Long.getLong("tests.seed", 20261126);

  @ParameterizedTest
  @CsvSource({"100000, 60, 20", "10000, 300, 100", "2000, 100, 50"})
  void theExpectationIsThatOfRunsWithDrawnFailures(
      double failures, double restart, double checkpoint) {
    var reliability = new Reliability(failures, restart, checkpoint);
    double interval = reliability.bestInterval();
    double useful = 200 * interval;
    double sum = 0;
    int runs = 400;
    var random = new SplittableRandom(SEED);
    for (int run = 0; run < runs; run++) {
      sum += drawn(reliability, useful, interval, random);
    }
    assertThat(sum / runs / reliability.expectedSeconds(useful, interval))
        .as("seed %d", SEED)
        .isCloseTo(1, within(0.02));
  }

  /** A run, failure by failure; another failure may come while it restarts. */
  private static double drawn(
      Reliability reliability, double useful, double interval, SplittableRandom random) {
    double clock = 0;
    double failure = next(reliability, random);
    double done = 0;
    while (done < useful) {
      double end = clock + interval + reliability.checkpointSeconds();
      if (end <= failure) {
        clock = end;
        done += interval;
        continue;
      }
      do {
        clock = failure;
        failure = clock + next(reliability, random);
      } while (clock + reliability.restartSeconds() > failure);
      clock += reliability.restartSeconds();
    }
    return clock;
  }

  private static double next(Reliability reliability, SplittableRandom random) {
    return -Math.log1p(-random.nextDouble()) * reliability.failureSeconds();
  }

  @ParameterizedTest
  @CsvSource({"1000000, 10", "100000, 60", "10000, 300", "1000, 100"})
  void noOtherIntervalIsMuchBetter(double failures, double checkpoint) {
    var reliability = new Reliability(failures, 60, checkpoint);
    double best = reliability.expectedSeconds(1e6, reliability.bestInterval());
    for (double factor = 0.2; factor < 5; factor *= 1.05) {
      assertThat(reliability.expectedSeconds(1e6, factor * reliability.bestInterval()))
          .isGreaterThan(0.999 * best);
    }
  }

  @Test
  void rareFailuresLeaveYoungsInterval() {
    double young = Math.sqrt(2 * 10 * 1e8);
    assertThat(new Reliability(1e8, 0, 10).bestInterval()).isCloseTo(young, within(0.001 * young));
  }

  @Test
  void withoutFailuresOnlyCheckpointsTakeTime() {
    var reliability = new Reliability(Double.POSITIVE_INFINITY, 60, 5);
    assertThat(reliability.expectedSeconds(1000, 100)).isEqualTo(1050);
    assertThat(reliability.bestInterval()).isInfinite();
  }

  @Test
  void aRunThatFailsBeforeEveryCheckpointDoesNotEnd() {
    assertThat(new Reliability(1, 60, 600).expectedSeconds(1e6, 1e4)).isInfinite();
  }
}
