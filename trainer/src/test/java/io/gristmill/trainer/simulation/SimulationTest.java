package io.gristmill.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.training.MemoryPlan;
import io.gristmill.trainer.training.TrainerConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final ModelConfig MODEL = ModelConfig.of(8_192, 256, 4, 4, 704, 256);
  private static final int LENGTH = 256;
  private static final StepCosts COSTS = new StepCosts(1e-4, 1e-10, 2e-9, 2e-9, 3e-5);

  private static TrainerConfig trainer(int globalBatch, int microBatch, int slots) {
    return new TrainerConfig(0, globalBatch, microBatch, slots, 1, 0, 0, 100, 2, 1);
  }

  private static List<Forecast> run(Cluster cluster, TrainerConfig trainer) {
    var workload = new Workload(MODEL, trainer, LENGTH, 100_000_000);
    return new Simulation(workload, cluster, COSTS, 1).run();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 48, 64})
  void everyPowerOfTwoHasADivisionThatTheTrainerTakes(int cores) {
    List<Forecast> forecasts = run(Cluster.of(4, cores), trainer(96, 2, 16));
    assertThat(forecasts).hasSize(14);
    for (Forecast forecast : forecasts) {
      Division division = forecast.division();
      assertThat(division.slots()).isGreaterThanOrEqualTo(Math.max(16, division.workers()));
      // The constructor of the trainer's configuration is the judge.
      assertThat(trainer(division.globalBatch(), division.microBatch(), division.slots()))
          .isNotNull();
      assertThat(forecast.sameBatch()).isEqualTo(division.globalBatch() == 96);
    }
    assertThat(forecasts.getLast().workers()).isEqualTo(8192);
    assertThat(forecasts.getFirst().efficiency()).isEqualTo(1);
  }

  @Test
  void theConfiguredDivisionStaysWhereItIsFast() {
    List<Forecast> forecasts = run(Cluster.of(16, 1), trainer(64, 4, 16));
    for (Forecast forecast : forecasts.subList(0, 5)) {
      assertThat(forecast.configured()).as("%d workers", forecast.workers()).isTrue();
      assertThat(forecast.division().microBatch()).isEqualTo(4);
    }
    Forecast more = forecasts.get(5);
    assertThat(more.workers()).isEqualTo(32);
    assertThat(more.configured()).isFalse();
    assertThat(more.sameBatch()).isTrue();
    assertThat(more.division().slots()).isEqualTo(32);
    assertThat(forecasts.get(7).sameBatch()).as("128 workers, 64 sequences").isFalse();
  }

  @Test
  void aBatchThatIsTooSmallGrowsWithTheThreads() {
    List<Forecast> forecasts = run(Cluster.of(16, 8), trainer(32, 2, 16));
    Division division = forecasts.getLast().division();
    assertThat(division.globalBatch()).isEqualTo(8192 * 8 * 2);
    assertThat(division.idleThreads()).isZero();
    assertThat(forecasts.get(3).division().idleThreads()).as("8 workers").isEqualTo(4);
  }

  @Test
  void moreWorkersAreFasterOnlyWhileTheyHaveSequences() {
    List<Forecast> forecasts = run(Cluster.of(16, 1), trainer(64, 4, 16));
    for (int i = 1; i < 7; i++) {
      Forecast fewer = forecasts.get(i - 1);
      Forecast more = forecasts.get(i);
      assertThat(more.tokensPerSecond()).isGreaterThan(fewer.tokensPerSecond());
      assertThat(more.efficiency()).isLessThan(fewer.efficiency());
      assertThat(more.step().total()).isLessThan(fewer.step().total());
    }
  }

  @Test
  void memoryIsThatOfTheTrainerAndOfTheLinks() {
    TrainerConfig trainer = trainer(64, 4, 16);
    Forecast four = run(Cluster.of(4, 2), trainer).get(2);
    assertThat(four.memoryBytes())
        .isEqualTo(MemoryPlan.of(MODEL, trainer, LENGTH, 4, 2).total() + 3 * (2L << 20));
  }

  @Test
  void hoursEnergyAndMoneyAreOfAllNodes() {
    var cluster = new Cluster(2, 1, 0, 20, 10, 50, 200, 0, 0, 0, 120, 300, 1.5);
    Forecast two = run(cluster, trainer(64, 4, 16)).get(1);
    double saved = 12.0 * ParameterLayout.of(MODEL).size() / 200e6;
    assertThat(two.checkpointSeconds()).isCloseTo(saved, within(0.1 * saved));
    double useful = two.steps() * two.step().total();
    double pieces = two.steps() / 100.0; // a checkpoint every hundred steps
    double seconds = useful + pieces * two.checkpointSeconds();
    assertThat(two.hours() * 3600).isCloseTo(seconds, within(1e-6 * seconds));
    assertThat(two.lost()).isCloseTo(1 - useful / seconds, within(1e-9));
    assertThat(two.kilowattHours()).isCloseTo(two.hours() * 2 * 0.3, within(1e-9));
    assertThat(two.money()).isCloseTo(two.hours() * 2 * 1.5, within(1e-9));
    assertThat(two.bestInterval()).as("without failures").isZero();
  }

  @Test
  void failuresOfManyNodesCostTimeAndAskForCheckpoints() {
    var fails = new Cluster(2, 1, 0, 20, 10, 50, 200, 0, 0, 1000, 120, 0, 0);
    List<Forecast> forecasts = run(fails, trainer(64, 4, 16));
    Forecast few = forecasts.get(1);
    Forecast many = forecasts.get(12);
    assertThat(many.lost()).isGreaterThan(few.lost());
    assertThat(many.ends()).isTrue();
    assertThat(few.bestInterval()).isPositive();
  }

  @Test
  void aRunThatKeepsFailingDoesNotEnd() {
    var fails = new Cluster(2, 1, 0, 20, 10, 50, 200, 0, 0, 1, 36_000, 0, 0);
    Forecast most = run(fails, trainer(64, 4, 16)).getLast();
    assertThat(most.ends()).isFalse();
  }

  @Test
  void aRunOfNoTokensIsRefused() {
    assertThatThrownBy(() -> new Workload(MODEL, trainer(64, 4, 16), LENGTH, 0))
        .hasMessage("tokens is 0, must be at least 1; it is what the run trains on");
  }
}
