package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.kernel.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropoutTrainingTest {
  private static final double RATE = 0.2;

  @TempDir private static Path folder;
  private static TinyWorld world;
  private static SortedMap<String, String> reference;

  @BeforeAll
  static void trainOnceOnOneThread() throws Exception {
    world = TinyWorld.write(folder);
    train(1, "reference", trainer(1, RATE));
    reference = TinyWorld.hashes(checkpoints("reference"));
  }

  /** Four steps of eight sequences in four slots, with a checkpoint at step 2. */
  private static TrainerConfig trainer(int microBatch, double dropout) {
    return new TrainerConfig(
        4, 8, microBatch, 4, 0.5, 2, 0, 2, 10, 1, dropout, 0, false, Precision.FP32);
  }

  private static Path checkpoints(String output) {
    return world.folder(output).resolve("checkpoints");
  }

  private static void train(int threads, String output, TrainerConfig trainer) throws IOException {
    Training.run(
        world.run(output, trainer),
        Worker.alone(threads),
        TinyWorld.CONFIGURATION,
        Progress.silent());
  }

  @Test
  void workersAndThreadsDropTheSame() throws Exception {
    Workers.run(2, group -> run(world.run("divided", trainer(1, RATE)), group));
    assertThat(TinyWorld.hashes(checkpoints("divided"))).isEqualTo(reference);
    train(3, "threads", trainer(1, RATE));
    assertThat(TinyWorld.hashes(checkpoints("threads"))).isEqualTo(reference);
  }

  private static TrainingResult run(TrainingRun run, Group group) throws IOException {
    return Training.run(
        run,
        new Worker(group, 2, 1, Fence.none(), () -> false),
        TinyWorld.CONFIGURATION,
        Progress.silent());
  }

  @Test
  void aRunKilledInTheMiddleDropsTheSameAfterwards() throws Exception {
    TrainingRun run = world.run("killed", trainer(1, RATE));
    var asked = new AtomicInteger();
    int polls = 3 * 8; // in the fourth step, after the checkpoint of the second
    assertThatThrownBy(
            () ->
                Workers.run(
                    1,
                    group ->
                        Training.run(
                            run,
                            new Worker(
                                group, 1, 1, Fence.none(), () -> asked.incrementAndGet() > polls),
                            TinyWorld.CONFIGURATION,
                            Progress.silent())))
        .isInstanceOf(IOException.class);
    train(2, "killed", trainer(1, RATE));
    assertThat(TinyWorld.hashes(checkpoints("killed"))).isEqualTo(reference);
  }

  @Test
  void theRateIsPartOfTheRunAndNoneLeavesTheRunAsItWas() throws Exception {
    assertThatThrownBy(() -> train(1, "reference", trainer(1, 0.1)))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("pretrain.dropout was 0.2, is 0.1");
    train(1, "none", trainer(1, 0));
    assertThat(TinyWorld.hashes(checkpoints("none"))).isNotEqualTo(reference);
    JsonNode state =
        new ObjectMapper()
            .readTree(
                Files.readString(checkpoints("none").resolve("step-000004/trainer_state.json")));
    assertThat(state.path("configuration").path("pretrain").has("dropout")).isFalse();
    assertThat(state.path("configuration").path("model").has("parametrization")).isFalse();
    assertThat(state.path("configuration").path("model").has("query_key_norm")).isFalse();
  }

  @Test
  void aRateOfOneIsRefused() {
    assertThatThrownBy(() -> trainer(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pretrain.dropout is 1.0, must be at least 0 and below 1");
  }
}
