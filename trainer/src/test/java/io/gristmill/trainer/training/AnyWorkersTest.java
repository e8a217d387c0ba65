package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.packing.TrainingSequences;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.data.TrainingBatches;
import io.gristmill.trainer.kernel.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With all that could depend on who computes what: 16 slots, dropout, documents that do not see
 * each other, clipping.
 */
class AnyWorkersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SLOTS = 16;
  private static final double CLIP = 0.5;
  private static final TrainerConfig TRAINER =
      new TrainerConfig(6, SLOTS, 1, SLOTS, CLIP, 0, 0, 2, 10, 1, 0.2, 0, false, Precision.FP32);

  @TempDir private static Path folder;
  private static TinyWorld world;
  private static SortedMap<String, String> reference;

  @BeforeAll
  static void trainOnOneThread() throws Exception {
    world = TinyWorld.write(folder);
    Training.run(
        world.run("reference", TRAINER),
        Worker.alone(1),
        TinyWorld.CONFIGURATION,
        Progress.silent());
    reference = TinyWorld.hashes(checkpoints("reference"));
  }

  @Test
  void clippingAndDocumentBordersAreThere() throws Exception {
    try (Stream<String> lines = Files.lines(folder.resolve("reference/metrics.jsonl"))) {
      assertThat(lines.map(AnyWorkersTest::read).filter(line -> line.has("gradient_norm")))
          .hasSize(6)
          .allSatisfy(
              line -> assertThat(line.path("gradient_norm").asDouble()).isGreaterThan(CLIP));
    }
    var mixture = MixtureJson.read(path("mixture.json"), TinyWorld.CONFIGURATION);
    Shards shards = Shards.open(path("shards"), TinyWorld.CONFIGURATION);
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      var batches = new TrainingBatches(sequences, SLOTS, SLOTS, 1);
      int inTwoDocuments = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        inTwoDocuments += batches.documents(0, slot).size() > 1 ? 1 : 0;
      }
      assertThat(inTwoDocuments).as("sequences of the first step").isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void makeTheSameBytes(int workers) throws Exception {
    String output = "workers" + workers;
    Workers.run(workers, group -> train(output, group, 2, () -> false));
    assertThat(TinyWorld.hashes(checkpoints(output))).isEqualTo(reference);
  }

  @ParameterizedTest
  @CsvSource({"4,2", "2,8", "1,4"})
  void goOnWhereOthersWereAskedToStop(int before, int after) throws Exception {
    String output = "stopped%d-%d".formatted(before, after);
    assertThatThrownBy(
            () ->
                Workers.run(
                    before,
                    group -> {
                      var steps = new int[1];
                      // asked of worker 0 in the third step; all end after it
                      return train(output, group, 1, () -> ++steps[0] == 3);
                    }))
        .isInstanceOf(TrainingPaused.class)
        .hasMessageContaining("stopped after step 3 of 6, as asked")
        .hasMessageContaining("step-000003 is written");
    assertThat(checkpoints(output).resolve("step-000003/_MANIFEST.json")).exists();
    assertThat(checkpoints(output).resolve("step-000004")).doesNotExist();

    Workers.run(after, group -> train(output, group, 1, () -> false));

    SortedMap<String, String> hashes = TinyWorld.hashes(checkpoints(output));
    assertThat(hashes).containsAllEntriesOf(reference);
    assertThat(Files.readString(world.folder(output).resolve("metrics.jsonl")))
        .contains("{\"event\":\"resume\",\"step\":3,");
  }

  @Test
  void everyStepTellsTheSecondsOfEveryWorker() throws Exception {
    Workers.run(4, group -> train("seconds", group, 1, () -> false));
    try (Stream<String> lines = Files.lines(folder.resolve("seconds/metrics.jsonl"))) {
      assertThat(
              lines
                  .map(AnyWorkersTest::read)
                  .filter(line -> line.path("event").asText().equals("step")))
          .hasSize(6)
          .allSatisfy(
              line -> {
                List<Double> seconds =
                    line.path("worker_seconds").valueStream().map(JsonNode::asDouble).toList();
                assertThat(seconds).hasSize(4);
                assertThat(seconds.getFirst())
                    .isPositive()
                    .isLessThan(line.path("seconds").asDouble());
              });
    }
  }

  private static TrainingResult train(
      String output, Group group, int threads, BooleanSupplier askedToStop) throws IOException {
    return Training.run(
        world.run(output, TRAINER),
        new Worker(group, threads, group.size(), Fence.none(), () -> false, askedToStop),
        TinyWorld.CONFIGURATION,
        Progress.silent());
  }

  private static Path checkpoints(String output) {
    return world.folder(output).resolve("checkpoints");
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return TinyWorld.path(folder.resolve(name));
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException(line, e);
    }
  }
}
