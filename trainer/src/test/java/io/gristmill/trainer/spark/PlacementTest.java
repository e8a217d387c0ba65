package io.gristmill.trainer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
  @ParameterizedTest
  @CsvSource({
    // local, executors, cores, workers, threads -> workers, threads, task cores
    "true, 1, 2, 0, 0, 1, 2, 0",
    "true, 1, 4, 4, 0, 4, 1, 0",
    "true, 1, 2, 2, 3, 2, 3, 0",
    "false, 2, 1, 0, 0, 2, 1, 1",
    "false, 5, 8, 0, 0, 4, 8, 8",
    "false, 2, 8, 4, 0, 4, 4, 4",
    "false, 4, 8, 2, 4, 2, 4, 4",
    "false, 100, 1, 0, 0, 16, 1, 1"
  })
  void whatIsLeftOpenComesFromTheCluster(
      boolean local,
      int executors,
      int cores,
      int workers,
      int threads,
      int chosenWorkers,
      int chosenThreads,
      int taskCores) {
    var cluster = new Placement.Cluster(local, executors, cores);
    assertThat(Placement.of(config(workers, threads), cluster, 16))
        .isEqualTo(new Placement(chosenWorkers, chosenThreads, taskCores));
  }

  @Test
  void tooFewSlotsSayWhatIsThereAndWhatToSet() {
    assertThatThrownBy(() -> Placement.of(config(4, 0), new Placement.Cluster(true, 1, 2), 16))
        .hasMessageContaining("training needs 4 slots of 1 cores at the same time")
        .hasMessageContaining("this process has 2 cores")
        .hasMessageContaining("use --master local[4], or set workers.workers to 2");
    assertThatThrownBy(() -> Placement.of(config(4, 8), new Placement.Cluster(false, 2, 8), 16))
        .hasMessageContaining("training needs 4 slots of 8 cores at the same time")
        .hasMessageContaining("the cluster has 2 executors with 8 cores each")
        .hasMessageContaining("set workers.workers to 2 or workers.threads to 4");
  }

  @Test
  void moreWorkersThanSlotsOfTheRunAreRefused() {
    assertThatThrownBy(() -> Placement.of(config(32, 1), new Placement.Cluster(false, 32, 1), 16))
        .hasMessageContaining("workers.workers is 32, must be at most pretrain.slots 16");
  }

  @Test
  void workersAreAPowerOfTwo() {
    assertThatThrownBy(() -> config(6, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers.workers is 6, must be a power of two")
        .hasMessageContaining("try 4");
  }

  @Test
  void fewerWorkersThanTheMinimumAreRefused() {
    var config = new WorkersConfig(0, 4, 0, 60, 3, 30);
    assertThat(Placement.of(config, new Placement.Cluster(false, 5, 1), 16).workers()).isEqualTo(4);
    assertThatThrownBy(() -> Placement.of(config, new Placement.Cluster(false, 3, 1), 16))
        .hasMessageContaining("training wants workers.minimum 4 workers at least")
        .hasMessageContaining("there is room for 2")
        .hasMessageContaining("the cluster has 3 executors with 1 cores each");
    assertThatThrownBy(() -> new WorkersConfig(2, 4, 0, 60, 3, 30))
        .hasMessageContaining("workers.minimum is 4, must be at most workers.workers 2");
  }

  private static WorkersConfig config(int workers, int threads) {
    return new WorkersConfig(workers, 1, threads, 60, 3, 30);
  }
}
