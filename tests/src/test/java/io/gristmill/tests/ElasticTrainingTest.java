package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Training goes on with the executors that are left, and with all when they are back. */
@ExtendWith(TrainingExample.Preparation.class)
class ElasticTrainingTest {
  private static final int STEPS = 150;

  @TempDir private static Path folder;

  @Test
  void workersAreFewerWhileExecutorsAreGone(TrainingExample example) throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    Command.Result alone =
        Command.gristmill(
            "pretrain", example.copy(undisturbed, STEPS).toString(), "--master", "local[2]");
    assertThat(alone.status()).as(alone.output()).isZero();

    Path run = folder.resolve("run");
    Path config = example.copy(run, STEPS);
    String impatient = Files.readString(config).replace("wait-seconds: 60", "wait-seconds: 4");
    Files.writeString(config, impatient);
    try (SmallCluster cluster = SmallCluster.start(folder.resolve("cluster"), 4);
        WatchedTraining training = WatchedTraining.start(cluster, run)) {
      training.awaitStep(12);
      ProcessHandle executor = training.executors().getFirst();
      ProcessHandle daemon = executor.parent().orElseThrow();
      signal(daemon, "STOP"); // so that no executor takes the place of the one that is killed
      executor.destroyForcibly();
      training.await("2 workers", () -> workers(training).equals(List.of(4.0, 2.0)));
      signal(daemon, "CONT");
      training.await("4 workers", () -> workers(training).equals(List.of(4.0, 2.0, 4.0)));
      training.awaitEnd();
      assertThat(training.log())
          .contains("going on with fewer")
          .contains("there is room for 4 workers: after a checkpoint they go on in place of 2");
    }
    assertThat(FileHashes.of(TrainingExample.checkpoint(run, STEPS)))
        .isNotEmpty()
        .isEqualTo(FileHashes.of(TrainingExample.checkpoint(undisturbed, STEPS)));
  }

  /** Of each attempt so far. */
  private static List<Double> workers(WatchedTraining training) throws IOException {
    return training.metrics().lines().stream()
        .filter(line -> line.has("attempt"))
        .map(line -> line.path("workers").asDouble())
        .toList();
  }

  private static void signal(ProcessHandle process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).as("kill -%s", name).isZero();
  }
}
