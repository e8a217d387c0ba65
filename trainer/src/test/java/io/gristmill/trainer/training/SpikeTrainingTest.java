package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.mixing.packing.TrainingSequences;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.data.TrainingBatches;
import io.gristmill.trainer.spike.SpikesConfig;
import io.gristmill.trainer.spike.SpikesConfig.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that meet a document of random tokens among two languages of a few words. */
class SpikeTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS = 40;
  private static final int SLOTS = 8;
  private static final int INTERVAL = 10;
  private static final TrainerConfig TRAINER =
      new TrainerConfig(STEPS, 8, 1, SLOTS, 1, 0, 0, INTERVAL, 100, 1);
  private static final SpikesConfig SKIP = new SpikesConfig(Policy.SKIP, 12, 3);
  private static final SpikesConfig REPLACE = new SpikesConfig(Policy.REPLACE, 12, 3);

  /** Finds spikes all the time, and so often that replacements do not help. */
  private static final SpikesConfig NERVOUS = new SpikesConfig(Policy.REPLACE, 8, 0.4);

  /** A model that hardly learns keeps its level, so that the nervous ones go on to find spikes. */
  private static final double FLAT = 1e-6;

  @TempDir static Path folder;
  private static TinyWorld world;
  private static SortedMap<String, String> skipped;
  private static SortedMap<String, String> replaced;
  private static SortedMap<String, String> nervous;

  @BeforeAll
  static void trainOnceOnOneThread() throws Exception {
    world = TinyWorld.writeWithNoise(folder);
    train(run("skipped", SKIP), 1, 1);
    train(run("replaced", REPLACE), 1, 1);
    train(run("nervous", NERVOUS), 1, 1);
    skipped = hashes("skipped");
    replaced = hashes("replaced");
    nervous = hashes("nervous");
  }

  @Test
  void theNoiseIsASpikeAndItsUpdateIsNotMade() throws Exception {
    List<JsonNode> spikes = events("skipped", "spike");
    assertThat(spikes).isNotEmpty();
    List<JsonNode> steps = events("skipped", "step");
    assertThat(steps).hasSize(STEPS);
    for (JsonNode spike : spikes) {
      long step = spike.path("step").asLong();
      assertThat(texts(spike, "documents"))
          .contains(TinyWorld.NOISE)
          .isEqualTo(documents(step - 1));
      assertThat(spike.path("action").asText()).isEqualTo("skip");
      assertThat(spike.path("batch").asLong()).isEqualTo(step - 1);
      assertThat(spike.path("z_score").asDouble()).isGreaterThan(3);
      JsonNode line = steps.get((int) step - 1);
      assertThat(line.path("skipped").asBoolean()).isTrue();
      assertThat(line.path("loss")).isEqualTo(spike.path("loss"));
      assertThat(line.path("gradient_norm")).isEqualTo(spike.path("gradient_norm"));
    }
    assertThat(steps).filteredOn(line -> line.has("skipped")).hasSameSizeAs(spikes);
    assertThat(steps.getLast().path("tokens").asLong())
        .isEqualTo(8L * TinyWorld.SEQUENCE_LENGTH * (STEPS - spikes.size()));
  }

  @Test
  void aSkippedStepLeavesParametersAndMomentsAsTheyWere() throws Exception {
    int step = step(events("skipped", "spike").getFirst());
    var trainer = new TrainerConfig(STEPS, 8, 1, SLOTS, 1, 0, 0, step - 1, 100, 1);
    var asked = new AtomicInteger();
    TrainingRun run = world.run("left", trainer).with(SKIP);
    assertThatThrownBy(() -> train(run, 1, 1, () -> false, () -> asked.incrementAndGet() == step))
        .isInstanceOf(TrainingPaused.class);
    for (String file :
        List.of(
            "model.safetensors",
            "optimizer-first-moment.safetensors",
            "optimizer-second-moment.safetensors")) {
      assertThat(checkpoint("left", step).resolve(file))
          .hasSameBinaryContentAs(checkpoint("left", step - 1).resolve(file));
    }
    assertThat(Files.readString(checkpoint("left", step).resolve("trainer_state.json")))
        .contains("\"action\" : \"skip\"");
  }

  @Test
  void aReplacedBatchIsOneThatNoStepHasOfItsOwn() throws Exception {
    JsonNode spike = events("replaced", "spike").getFirst();
    assertThat(spike.path("action").asText()).isEqualTo("replace");
    assertThat(spike.path("replacement").asLong()).isEqualTo(STEPS);
    assertThat(spike.path("step")).isEqualTo(events("skipped", "spike").getFirst().path("step"));
    assertThat(texts(spike, "documents")).contains(TinyWorld.NOISE);
    assertThat(origins(STEPS)).doesNotContainAnyElementsOf(originsOfAllSteps());
    JsonNode line = events("replaced", "step").get(step(spike) - 1);
    assertThat(line.has("skipped")).isFalse();
    assertThat(line.path("loss").asDouble()).isLessThan(spike.path("loss").asDouble());
    assertThat(events("replaced", "step")).hasSize(STEPS);
  }

  @Test
  void whereReplacingDoesNotHelpTheRunGoesBackToACheckpoint() throws Exception {
    List<JsonNode> spikes = events("nervous", "spike");
    List<JsonNode> back =
        spikes.stream().filter(spike -> spike.path("action").asText().equals("roll-back")).toList();
    assertThat(back).isNotEmpty();
    List<JsonNode> again = events("nervous", "replaced");
    assertThat(back).anyMatch(spike -> (step(spike) - 1) % INTERVAL > 1); // over several steps
    for (JsonNode spike : back) {
      int from = step(spike) - 1 - (step(spike) - 1) % INTERVAL;
      for (int step = from + 1; step <= step(spike); step++) {
        int taken = step;
        assertThat(again)
            .anySatisfy(
                line -> {
                  assertThat(step(line)).isEqualTo(taken);
                  assertThat(line.path("action").asText()).isEqualTo("roll-back");
                  assertThat(texts(line, "documents"))
                      .isEqualTo(documents(line.path("batch").asLong()));
                });
      }
    }
    List<Long> replacements = new ArrayList<>();
    spikes.stream()
        .filter(spike -> spike.has("replacement"))
        .forEach(spike -> replacements.add(spike.path("replacement").asLong()));
    assertThat(replacements).doesNotHaveDuplicates().allMatch(batch -> batch >= STEPS);
    assertThat(events("nervous", "step").getLast().path("step").asInt()).isEqualTo(STEPS);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "4,1"})
  void checkpointsAndSpikesAreTheSameForAnyWorkersAndThreads(int workers, int threads)
      throws Exception {
    String suffix = "-w%dt%d".formatted(workers, threads);
    for (String output : List.of("skipped", "replaced", "nervous")) {
      train(run(output + suffix, config(output)), workers, threads);
      assertThat(hashes(output + suffix)).isEqualTo(hashes(output));
      assertThat(events(output + suffix, "spike")).isEqualTo(events(output, "spike"));
      assertThat(events(output + suffix, "replaced")).isEqualTo(events(output, "replaced"));
    }
  }

  /** Dies while the spike is computed, while its replacement is, and one step later. */
  @ParameterizedTest
  @CsvSource({"skipped,0,2", "skipped,8,1", "replaced,0,2", "replaced,8,2", "replaced,16,1"})
  void aRunKilledAroundASpikeAndResumedElsewhereIsTheSame(String output, int later, int after)
      throws Exception {
    String killed = "%s-killed%d".formatted(output, later);
    int step = step(events(output, "spike").getFirst());
    dies(run(killed, config(output)), (step - 1) * SLOTS + later + 3);
    train(run(killed, config(output)), after, 1);
    assertThat(hashes(killed)).isEqualTo(hashes(output));
    assertThat(events(killed, "spike")).isEqualTo(events(output, "spike"));
    assertThat(losses(killed)).isEqualTo(losses(output));
  }

  /** Whole steps are the polls of a run that goes back, so some of these die on the way there. */
  @ParameterizedTest
  @CsvSource({"20,2", "33,1", "47,2"})
  void aRunKilledWhereItGoesBackIsTheSame(int computed, int after) throws Exception {
    String killed = "nervous-killed" + computed;
    dies(run(killed, NERVOUS), computed * SLOTS + 3);
    train(run(killed, NERVOUS), after, 1);
    assertThat(hashes(killed)).isEqualTo(nervous);
    assertThat(losses(killed)).isEqualTo(losses("nervous"));
  }

  /** A stop leaves a checkpoint of its own, which must not become the one to go back to. */
  @ParameterizedTest
  @CsvSource({"18", "31"})
  void aRunThatWasStoppedEndsAsOneThatWasNot(int computed) throws Exception {
    String stopped = "nervous-stopped" + computed;
    var asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                train(
                    run(stopped, NERVOUS),
                    1,
                    1,
                    () -> false,
                    () -> asked.incrementAndGet() >= computed))
        .isInstanceOf(TrainingPaused.class);
    train(run(stopped, NERVOUS), 1, 1);
    SortedMap<String, String> ended = hashes(stopped);
    ended.keySet().retainAll(nervous.keySet());
    assertThat(ended).isEqualTo(nervous);
  }

  @Test
  void theCheckpointToGoBackToIsKeptHoweverOftenTheRunIsStopped() throws Exception {
    var trainer = new TrainerConfig(STEPS, 8, 1, SLOTS, 1, 0, 0, INTERVAL, 1, 1);
    TrainingRun run = nervous("kept", trainer);
    int stops = 0;
    while (true) {
      var asked = new AtomicInteger();
      try {
        train(run, 1, 1, () -> false, () -> asked.incrementAndGet() >= 8);
        break;
      } catch (TrainingPaused e) {
        stops++;
      }
    }
    assertThat(stops).isGreaterThan(3);
    String last = "step-0000%d/model.safetensors".formatted(STEPS);
    assertThat(hashes("kept")).containsEntry(last, nervous.get(last));
  }

  @Test
  void withoutAPolicyNothingIsWrittenOfIt() throws Exception {
    train(run("off", SpikesConfig.off()), 1, 2);
    assertThat(Files.readString(checkpoint("off", STEPS).resolve("trainer_state.json")))
        .doesNotContain("spikes");
    assertThat(events("off", "spike")).isEmpty();
    assertThat(losses("off").subList(0, 5)).isEqualTo(losses("skipped").subList(0, 5));
    String last = "step-0000%d/model.safetensors".formatted(STEPS);
    assertThat(hashes("off").get(last)).isNotIn(skipped.get(last), replaced.get(last));
  }

  @Test
  void anotherPolicyIsAnotherRun() {
    assertThatThrownBy(() -> train(run("skipped", new SpikesConfig(Policy.SKIP, 12, 5)), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("pretrain.spikes.sigma was 3.0, is 5.0");
    var trainer = new TrainerConfig(STEPS, 8, 1, SLOTS, 1, 0, 0, 4, 100, 1);
    assertThatThrownBy(() -> train(world.run("replaced", trainer).with(REPLACE), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("pretrain.spikes.checkpoint_interval was 10, is 4");
  }

  @Test
  void batchesAreNotReplacedWhereTheOrderIsMadeOnTheWay() {
    var online =
        new OnlineMixingConfig(
            OnlineMixingConfig.Method.DYNAMIC_LOADING,
            2,
            1,
            1e-4,
            List.of(new LossTarget("*", "*", 1)),
            "");
    TrainingRun run = world.run("online", TRAINER).with(online, ReferenceModel.none());
    assertThat(run.with(SKIP).spikes()).isEqualTo(SKIP);
    assertThatThrownBy(() -> run.with(REPLACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set the policy to skip, or remove online-mixing");
    TrainingRun travels = world.run("travels", TRAINER).with(REPLACE);
    assertThat(TrainingRun.parse(travels.toJson())).isEqualTo(travels);
  }

  private static TrainingRun run(String output, SpikesConfig spikes) {
    return spikes.equals(NERVOUS)
        ? nervous(output, TRAINER)
        : world.run(output, TRAINER).with(spikes);
  }

  private static TrainingRun nervous(String output, TrainerConfig trainer) {
    return world.run(output, trainer, TinyWorld.model(), InitialModel.random(), FLAT).with(NERVOUS);
  }

  private static SpikesConfig config(String output) {
    return switch (output) {
      case "skipped" -> SKIP;
      case "replaced" -> REPLACE;
      default -> NERVOUS;
    };
  }

  private static void train(TrainingRun run, int workers, int threads) throws Exception {
    train(run, workers, threads, () -> false, () -> false);
  }

  private static void train(
      TrainingRun run, int workers, int threads, BooleanSupplier cancelled, BooleanSupplier asked)
      throws Exception {
    if (workers == 1) {
      Worker alone = Worker.alone(threads);
      Training.run(
          run,
          new Worker(alone.group(), threads, 1, Fence.none(), cancelled, asked),
          TinyWorld.CONFIGURATION,
          Progress.silent());
      return;
    }
    Workers.run(
        workers,
        group ->
            Training.run(
                run,
                new Worker(group, threads, 1, Fence.none(), cancelled, asked),
                TinyWorld.CONFIGURATION,
                Progress.silent()));
  }

  /** Dies after so many micro-batches. */
  private static void dies(TrainingRun run, int microBatches) {
    var polled = new AtomicInteger();
    assertThatThrownBy(
            () -> train(run, 1, 1, () -> polled.incrementAndGet() > microBatches, () -> false))
        .isInstanceOf(IOException.class);
  }

  private static int step(JsonNode line) {
    return line.path("step").asInt();
  }

  private static Path checkpoint(String output, int step) {
    return world.folder(output).resolve("checkpoints/step-%06d".formatted(step));
  }

  private static SortedMap<String, String> hashes(String output) throws Exception {
    return TinyWorld.hashes(world.folder(output).resolve("checkpoints"));
  }

  private static List<JsonNode> events(String output, String event) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line :
        Files.readAllLines(world.folder(output).resolve("metrics.jsonl"), StandardCharsets.UTF_8)) {
      JsonNode node = JSON.readTree(line);
      if (node.path("event").asText().equals(event)) {
        found.add(node);
      }
    }
    return found;
  }

  /** Step, loss and norm of each step as it was taken last. */
  private static List<String> losses(String output) throws IOException {
    String[] last = new String[STEPS];
    for (JsonNode line : events(output, "step")) {
      last[step(line) - 1] =
          "%d %s %s".formatted(step(line), line.path("loss"), line.path("gradient_norm"));
    }
    return List.of(last);
  }

  private static List<String> texts(JsonNode line, String key) {
    return line.path(key).valueStream().map(JsonNode::asText).toList();
  }

  private static List<String> documents(long batch) throws IOException {
    try (TrainingSequences sequences = sequences()) {
      return new TrainingBatches(sequences, 8, SLOTS, 1).documents(batch);
    }
  }

  private static Set<TrainingSequences.Origin> originsOfAllSteps() throws IOException {
    Set<TrainingSequences.Origin> all = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      all.addAll(origins(step));
    }
    return all;
  }

  private static Set<TrainingSequences.Origin> origins(long batch) throws IOException {
    Set<TrainingSequences.Origin> origins = new HashSet<>();
    try (TrainingSequences sequences = sequences()) {
      for (long n = 8 * batch; n < 8 * batch + 8; n++) {
        origins.add(sequences.origin(n));
      }
    }
    return origins;
  }

  private static TrainingSequences sequences() throws IOException {
    Inputs inputs = Inputs.open(world.run("skipped", TRAINER), TinyWorld.CONFIGURATION);
    TrainingSequences sequences = TrainingSequences.open(inputs.mixture(), inputs.shards());
    sequences.goBeyond();
    return sequences;
  }
}
