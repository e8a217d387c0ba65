package io.gristmill.trainer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.trainer.training.MemoryPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {
  private static final int SLOTS = 16;

  @ParameterizedTest
  @CsvSource({
    // local, executors, cores, workers, threads -> trainings, workers that meet in a process
    "true, 1, 2, 1, 1, 2, 2",
    "true, 1, 2, 2, 3, 1, 2",
    "true, 1, 8, 2, 2, 2, 4",
    "false, 2, 1, 1, 1, 2, 1",
    "false, 2, 8, 1, 2, 8, 4",
    "false, 2, 8, 4, 4, 1, 2",
    "false, 3, 4, 2, 4, 1, 1"
  })
  void coresDecideHowManyRunBesideEachOther(
      boolean local,
      int executors,
      int cores,
      int workers,
      int threads,
      int trainings,
      int perProcess) {
    var cluster = new Placement.Cluster(local, executors, cores);
    var config = new WorkersConfig(workers, 1, threads, 120, 3, 30);
    assertThat(Room.of(Placement.of(config, cluster, SLOTS), cluster, 1 << 30))
        .isEqualTo(new Room(trainings, perProcess, 1 << 30));
  }

  @Test
  void theSumOfAProcessMustFit() {
    var plan = new MemoryPlan(1 << 28, 1 << 28, 1 << 28, 1 << 28, 0, 0);
    assertThatNoException().isThrownBy(() -> new Room(4, 3, 4L << 30).requireFits(plan));
    assertThatThrownBy(() -> new Room(4, 4, 4L << 30).requireFits(plan))
        .hasMessageContaining("for 4 workers in one process")
        .hasMessageContaining("--executor-memory 5g");
  }
}
