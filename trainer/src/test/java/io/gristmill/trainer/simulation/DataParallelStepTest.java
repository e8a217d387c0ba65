package io.gristmill.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataParallelStepTest {
  private static final ModelConfig MODEL = ModelConfig.of(8_192, 256, 4, 4, 704, 64);
  private static final long PARAMETERS = ParameterLayout.of(MODEL).size();
  private static final int LENGTH = 64;

  private static Cluster cluster(double gigabits, double overlap) {
    return new Cluster(8, 4, 0, 20, gigabits, 50, 200, 0, overlap, 0, 0, 0, 0);
  }

  private static StepParts parts(StepCosts costs, Cluster cluster, Division division) {
    return new DataParallelStep(costs, cluster, MODEL, LENGTH, Stragglers.draw(0, 8192, 1))
        .parts(division);
  }

  /** Slots of 2 sequences; rounds of a thread, buffers cleared, adds on the longest way. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 16, 16, 15", // one thread adds all
    "1, 2, 8, 8, 8", // 7 adds each, and the two sums
    "1, 4, 4, 4, 5", // 3 adds each, two levels
    "1, 3, 6, 6, 7", // the busiest of three
    "4, 4, 1, 1, 2",
    "16, 4, 1, 1, 0" // a slot each: nothing to add, three threads idle
  })
  void aThreadComputesItsRounds(int workers, int threads, int rounds, int clears, int adds) {
    var costs = new StepCosts(1e-3, 1e-9, 0, 0, 0);
    StepParts parts = parts(costs, cluster(10, 0), new Division(workers, threads, 16, 32, 2));
    assertThat(parts.compute())
        .isCloseTo(
            rounds * 2 * LENGTH * 1e-3 + 1e-9 * PARAMETERS * (clears + 3.0 * adds), within(1e-9));
  }

  @Test
  void oneWorkerExchangesNothing() {
    StepParts parts =
        parts(new StepCosts(1e-3, 0, 1e-8, 1, 1), cluster(10, 0), new Division(1, 4, 16, 32, 2));
    assertThat(parts.reduce() + parts.gather() + parts.messages()).isZero();
    assertThat(parts.update()).isCloseTo(1e-8 * PARAMETERS, within(1e-12));
  }

  /** Of W workers each sends about (W - 1) / W of the vector, in log2 W rounds. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void theExchangeTakesTheNetworksTimeAndLatency(int workers) {
    StepParts parts =
        parts(new StepCosts(1, 0, 0, 0, 0), cluster(8, 0), new Division(workers, 1, 16, 16, 1));
    double rounds = Integer.numberOfTrailingZeros(workers);
    double bytes = 4.0 * PARAMETERS * (workers - 1) / workers;
    double blocks = 4.0 * VectorShards.BLOCK * rounds; // halves of whole blocks, rounded up
    assertThat(parts.reduce())
        .isBetween(
            rounds * 50e-6 + bytes / 1e9 - blocks / 1e9, rounds * 50e-6 + (bytes + blocks) / 1e9);
    assertThat(parts.gather()).isEqualTo(parts.reduce());
  }

  @Test
  void theProcessorCanBeSlowerThanTheNetwork() {
    var division = new Division(2, 1, 16, 16, 1);
    double fast = parts(new StepCosts(1, 0, 0, 1e-9, 0), cluster(1000, 0), division).reduce();
    double slow = parts(new StepCosts(1, 0, 0, 1e-8, 0), cluster(1000, 0), division).reduce();
    assertThat(slow / fast).isBetween(9.0, 10.0);
  }

  @Test
  void overlapHidesTheSumAtMost() {
    var costs = new StepCosts(1e-3, 0, 0, 0, 0);
    var division = new Division(4, 1, 16, 16, 1);
    assertThat(parts(costs, cluster(10, 1), division).reduce()).isZero();
    StepParts none = parts(costs, cluster(0.01, 0), division);
    StepParts half = parts(costs, cluster(0.01, 0.5), division);
    double backward = 4 * LENGTH * 1e-3 * 2 / 3;
    assertThat(none.reduce() - half.reduce()).isCloseTo(backward / 2, within(1e-9));
    assertThat(half.gather()).isEqualTo(none.gather());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 64, 256})
  void theLargestShardIsThatOfTheTrainer(int workers) {
    var shards = new VectorShards(PARAMETERS, workers);
    long largest = 0;
    for (int rank = 0; rank < workers; rank++) {
      largest = Math.max(largest, shards.shard(rank).length());
    }
    assertThat(DataParallelStep.largestShard(workers, PARAMETERS)).isEqualTo(largest);
  }

  @Test
  void waitingIsForTheSlowest() {
    var step =
        new DataParallelStep(
            new StepCosts(1e-3, 0, 0, 0, 0),
            cluster(10, 0),
            MODEL,
            LENGTH,
            Stragglers.draw(0.05, 8, 1));
    StepParts parts = step.parts(new Division(8, 1, 16, 16, 1));
    assertThat(parts.waiting() / parts.compute()).isBetween(0.05, 0.1); // 1.42 deviations
    assertThat(parts.total())
        .isEqualTo(
            parts.compute()
                + parts.waiting()
                + parts.reduce()
                + parts.messages()
                + parts.update()
                + parts.gather());
  }

  @Test
  void aDivisionMustDivide() {
    assertThatThrownBy(() -> new Division(3, 1, 16, 16, 1))
        .hasMessage(
            "3 workers, 16 slots, a batch of 16 sequences: workers must be a power of two that divides the slots, and the slots divide the batch");
    assertThatThrownBy(() -> new Division(2, 1, 16, 24, 1)).hasMessageContaining("24 sequences");
  }

  @Test
  void speedsOfANodeGiveItsCosts() {
    var given = new Cluster(8, 4, 50, 20, 10, 50, 200, 0, 0, 0, 0, 0, 0);
    StepCosts costs = StepCosts.given(given, MODEL, LENGTH);
    assertThat(costs.token() * 50e9).isCloseTo(MODEL.trainingFlopsPerToken(LENGTH), within(1.0));
    assertThat(costs.update()).isCloseTo(32 / 20e9, within(1e-15));
    assertThat(costs.times(2).token()).isEqualTo(2 * costs.token());
  }

  @Test
  void aClusterChecksItself() {
    assertThatThrownBy(() -> Cluster.of(0, 4))
        .hasMessage("cluster.nodes is 0, must be at least 1; it is how many machines there are");
    assertThatThrownBy(() -> Cluster.of(1, 0)).hasMessageStartingWith("cluster.cores is 0");
    assertThatThrownBy(() -> cluster(0, 0))
        .hasMessage("cluster.network-gigabits is 0.0, must be above 0; 10 is usual");
    assertThatThrownBy(() -> cluster(10, 1.5))
        .hasMessage("cluster.overlap is 1.5, must be between 0 and 1; 0 is what the trainer does");
    assertThatThrownBy(() -> cluster(Double.NaN, 0)).hasMessageContaining("is NaN");
  }
}
