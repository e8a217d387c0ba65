package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.mixing.mixture.PhaseConfig;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.training.OnlineMixingConfig.Method;
import io.gristmill.trainer.vocabulary.ExtendedTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that change the weights of their mixture every two of nine steps. */
class OnlineMixingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STEPS = 9;
  private static final int GLOBAL_BATCH = 8;
  private static final int INTERVAL = 2;
  private static final TrainerConfig TRAINER =
      new TrainerConfig(STEPS, GLOBAL_BATCH, 1, 8, 1, 0, 0, 4, 10, 1);

  /** Both languages shall reach the same loss, which the harder one is further away from. */
  private static final OnlineMixingConfig TO_TARGETS =
      new OnlineMixingConfig(
          Method.DYNAMIC_LOADING,
          INTERVAL,
          3,
          1e-4,
          List.of(new LossTarget("*", "en", 1), new LossTarget("*", "zh*", 1)),
          "");

  @TempDir static Path folder;
  private static TinyWorld world;
  private static ReferenceModel reference;
  private static OnlineMixingConfig doReMi;
  private static SortedMap<String, String> alone;

  @BeforeAll
  static void trainOnceOnOneThread() throws Exception {
    world = TinyWorld.write(folder);
    train(world.run("base"), 1, 1);
    Path base = world.folder("base");
    reference = ReferenceModel.of(TinyWorld.path(base), TinyWorld.CONFIGURATION);
    doReMi = new OnlineMixingConfig(Method.DOREMI, INTERVAL, 1, 1e-4, List.of(), base.toString());
    train(doReMiRun("alone"), 1, 1);
    alone = TinyWorld.hashes(world.folder("alone").resolve("checkpoints"));
  }

  @Test
  void theReferenceOfATrainingIsItsLastCheckpoint() {
    assertThat(reference.folder()).endsWith("base/checkpoints/step-000004");
    assertThat(reference.sha256()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,1", "4,2", "8,1"})
  void checkpointsAndOrderAreTheSameBytesForAnyWorkersAndThreads(int workers, int threads)
      throws Exception {
    String output = "w%dt%d".formatted(workers, threads);
    train(doReMiRun(output), workers, threads);
    assertThat(TinyWorld.hashes(world.folder(output).resolve("checkpoints"))).isEqualTo(alone);
    assertThat(world.folder(output).resolve("mixture.json"))
        .hasSameBinaryContentAs(world.folder("alone").resolve("mixture.json"));
    assertThat(changes(output)).isEqualTo(changes("alone"));
  }

  /** Dies at step 3, before a checkpoint, and at 5 and 6, before and after a change since it. */
  @ParameterizedTest
  @CsvSource({"1,2,3", "2,1,5", "4,2,6"})
  void aRunKilledInTheMiddleAndResumedElsewhereIsTheSame(int before, int after, int lastStep)
      throws Exception {
    String output = "killed%d".formatted(lastStep);
    var asked = new AtomicInteger();
    int polls = 8 / before * lastStep;
    assertThatThrownBy(
            () ->
                Workers.run(
                    before,
                    group ->
                        Training.run(
                            doReMiRun(output),
                            new Worker(
                                group,
                                1,
                                1,
                                Fence.none(),
                                () -> group.rank() == 0 && asked.incrementAndGet() > polls),
                            TinyWorld.CONFIGURATION,
                            Progress.silent())))
        .isInstanceOf(IOException.class);
    train(doReMiRun(output), after, 2);
    assertThat(TinyWorld.hashes(world.folder(output).resolve("checkpoints"))).isEqualTo(alone);
    assertThat(world.folder(output).resolve("mixture.json"))
        .hasSameBinaryContentAs(world.folder("alone").resolve("mixture.json"));
    assertThat(changes(output)).isEqualTo(changes("alone"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"doremi", "targets"})
  void theMixtureOfTheRunReplaysItAsAFixedSchedule(String method) throws Exception {
    TrainingRun online = method.equals("doremi") ? doReMiRun("alone") : run("targets", TO_TARGETS);
    train(online, 1, 2); // the first is there, and not trained again
    String replayed = "replayed-" + method;
    TrainingRun replay =
        withMixture(world.run(replayed, TRAINER), Path.of(online.output()).resolve("mixture.json"));
    train(replay, 2, 1);
    assertThat(losses(replayed)).hasSize(STEPS).isEqualTo(losses(Path.of(online.output())));
    assertThat(changes(replayed)).isEmpty();
    String last = "checkpoints/step-00000%d/model.safetensors".formatted(STEPS);
    assertThat(world.folder(replayed).resolve(last))
        .hasSameBinaryContentAs(Path.of(online.output()).resolve(last));
  }

  @Test
  void theComponentThatIsFurtherFromItsTargetGainsWeight() throws Exception {
    train(run("harder", TO_TARGETS), 1, 2);
    List<JsonNode> changes = changes("harder");
    assertThat(changes)
        .extracting(change -> change.path("step").asLong())
        .containsExactly(0L, 2L, 4L, 6L, 8L);
    assertThat(weights(changes.getFirst())).containsExactly(0.5, 0.5);
    List<Double> before = weights(changes.getFirst());
    for (JsonNode change : changes.subList(1, changes.size())) {
      List<Double> scores = each(change, "score");
      List<Double> weights = weights(change);
      int harder = scores.get(0) > scores.get(1) ? 0 : 1;
      // The rule, by hand: odds are multiplied by e^(3 difference), but for the floor.
      double odds =
          before.get(harder)
              / before.get(1 - harder)
              * Math.exp(3 * (scores.get(harder) - scores.get(1 - harder)));
      assertThat(weights.get(harder))
          .isGreaterThan(before.get(harder))
          .isCloseTo(0.9999 * odds / (1 + odds) + 0.5e-4, within(1e-12));
      before = weights;
    }
    int hardest = before.get(0) > before.get(1) ? 0 : 1;
    assertThat(before.get(hardest)).isGreaterThan(0.55);
    Mixture made = mixture("harder");
    assertThat(made.components().get(hardest).sequences())
        .isGreaterThan(made.components().get(1 - hardest).sequences());
  }

  @Test
  void theLogTellsDeviationsAndTheAverageOfTheWeights() throws Exception {
    List<JsonNode> changes = changes("alone");
    long from = 0;
    double[] sums = new double[2];
    for (JsonNode change : changes) {
      assertThat(change.path("from_sequence").asLong()).isEqualTo(from);
      long sequences = change.path("sequences").asLong();
      assertThat(each(change, "turns").stream().mapToLong(Double::longValue).sum())
          .isEqualTo(sequences);
      assertThat(each(change, "deviation")).allMatch(deviation -> Math.abs(deviation) < 1);
      assertThat(each(change, "score")).allMatch(score -> score >= 0);
      from += sequences;
      for (int i = 0; i < 2; i++) {
        sums[i] += sequences * weights(change).get(i);
      }
    }
    assertThat(from).isEqualTo(STEPS * GLOBAL_BATCH);
    for (int i = 0; i < 2; i++) {
      assertThat(each(changes.getLast(), "average_weight").get(i))
          .isCloseTo(sums[i] / from, within(1e-12));
    }
    String note = events("alone", "note").getLast().path("message").asText();
    assertThat(note)
        .startsWith("average weights, for mixture.weights of another run: */en 0.")
        .contains(", */zh* 0.");
    String[] words = note.split(" ");
    double first = Double.parseDouble(words[8].replace(",", ""));
    assertThat(first + Double.parseDouble(words[10])).isCloseTo(1, within(1e-9));
    assertThat(MixtureEvent.description(changes.getLast()))
        .matches(
            "step 8, mixture: \\*/en \\d+\\.\\d\\d %, \\*/zh\\* \\d+\\.\\d\\d %; 0\\.\\d\\d sequences off so far");
  }

  @Test
  void theFormThatTravelsIsTheSameRun() throws Exception {
    TrainingRun run = run("travels", TO_TARGETS).with(doReMi, reference);
    assertThat(TrainingRun.parse(run.toJson())).isEqualTo(run);
  }

  @Test
  void anotherTargetInTheSameFolderIsNamed() throws Exception {
    train(run("changed", TO_TARGETS), 1, 1);
    var other =
        new OnlineMixingConfig(
            Method.DYNAMIC_LOADING,
            INTERVAL,
            3,
            1e-4,
            List.of(new LossTarget("*", "en", 1), new LossTarget("*", "zh*", 2)),
            "");
    assertThatThrownBy(() -> train(run("changed", other), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("online_mixing.targets.*/zh* was 1.0, is 2.0");
    assertThatThrownBy(() -> train(world.run("changed", TRAINER), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("online_mixing.eta was 3.0, is not there");
  }

  @Test
  void targetsMustBeThoseOfTheComponents() {
    assertRefused(
        targets(new LossTarget("*", "en", 1), new LossTarget("news", "zh*", 1)),
        "pretrain.online-mixing.targets: news/zh* is no component of the mixture; there are: */en, */zh*");
    assertRefused(
        targets(new LossTarget("*", "en", 1)),
        "pretrain.online-mixing.targets: component */zh* has none; give it a loss in nats per token");
    assertRefused(
        targets(new LossTarget("*", "en", 1), new LossTarget("*", "en", 2)),
        "pretrain.online-mixing.targets: there are two of */en; remove one");
  }

  @Test
  void aMixtureThatIsFixedIsRefused() throws Exception {
    Path phases = folder.resolve("phases.json");
    write(phases, List.of(new PhaseConfig(0.5, List.of()), new PhaseConfig(0.5, List.of())));
    assertThatThrownBy(() -> train(withMixture(run("refused", TO_TARGETS), phases), 1, 1))
        .hasMessage(
            "pretrain.online-mixing.method is dynamic-loading, but mixture.phases fix the ratios in advance; remove the phases or the method");
    Path log = world.folder("alone").resolve("mixture.json");
    assertThatThrownBy(() -> train(withMixture(run("refused", TO_TARGETS), log), 1, 1))
        .hasMessageContaining("but the mixture is the log of a run that changed its weights");
    Path one = folder.resolve("one.json");
    write(one, List.of(), new Weight("*", "*", 1));
    assertThatThrownBy(() -> train(withMixture(run("refused", TO_TARGETS), one), 1, 1))
        .hasMessageContaining("the mixture has one component only; divide mixture.weights");
    var rare =
        new OnlineMixingConfig(Method.DYNAMIC_LOADING, 1 << 18, 1, 1e-4, TO_TARGETS.targets(), "");
    assertRefused(
        rare,
        "pretrain.online-mixing.interval is 262144 steps of 8 sequences, must be at most 1,048,576 sequences; make it 131072");
  }

  @Test
  void aReferenceMustBeThereAndHaveTheTokenizerOfTheRun() {
    assertThatThrownBy(() -> ReferenceModel.of(TinyWorld.path(folder), TinyWorld.CONFIGURATION))
        .hasMessageContaining("which holds neither config.json nor a finished checkpoint");
    assertThatThrownBy(
            () ->
                reference.requireFits(
                    ExtendedTokenizer.extended(), mixture("alone"), TinyWorld.CONFIGURATION))
        .hasMessageContaining("has another tokenizer than the run");
  }

  @Test
  void theMemoryPlanCountsTheReference() throws IOException {
    TrainingRun plain = run("alone", TO_TARGETS);
    TrainingRun compared = plain.with(plain.onlineMixing(), reference);
    MemoryPlan without =
        MemoryPlan.of(plain, TinyWorld.model().maxSequenceLength(), 1, 2, TinyWorld.CONFIGURATION);
    MemoryPlan with =
        MemoryPlan.of(
            compared, TinyWorld.model().maxSequenceLength(), 1, 2, TinyWorld.CONFIGURATION);
    assertThat(without.reference()).isZero();
    assertThat(with.reference()).isEqualTo(without.parameters() + without.activations());
    assertThat(with.total())
        .isEqualTo(
            with.activations()
                + Math.max(
                    with.parameters() + with.gradients() + with.optimizer(), with.reference()));
    assertThat(with.description()).contains("; before these the reference model ");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new OnlineMixingConfig(Method.NONE, 0, 1, 1e-4, List.of(), ""))
        .hasMessage("interval is 0, must be at least 1 step; 100 is usual");
    assertThatThrownBy(() -> new OnlineMixingConfig(Method.NONE, 1, -1, 1e-4, List.of(), ""))
        .hasMessageContaining("eta is -1.0");
    assertThatThrownBy(() -> new OnlineMixingConfig(Method.NONE, 1, 1, 1, List.of(), ""))
        .hasMessageContaining("floor is 1.0");
    assertThatThrownBy(() -> new OnlineMixingConfig(Method.NONE, 1, 1, 1e-4, List.of(), "x"))
        .hasMessageContaining("reference is x, but method is none");
    assertThatThrownBy(() -> new OnlineMixingConfig(Method.DOREMI, 1, 1, 1e-4, List.of(), ""))
        .hasMessageContaining("reference is missing, which doremi compares its losses with");
    assertThatThrownBy(
            () ->
                new OnlineMixingConfig(
                    Method.DOREMI, 1, 1, 1e-4, List.of(new LossTarget("*", "*", 1)), "x"))
        .hasMessageContaining("targets are for method dynamic-loading, but it is doremi");
    assertThatThrownBy(
            () -> new OnlineMixingConfig(Method.DYNAMIC_LOADING, 1, 1, 1e-4, List.of(), ""))
        .hasMessageContaining("targets are missing; give each component a loss");
    assertThatThrownBy(() -> new LossTarget("*", "*", 0)).hasMessageContaining("loss is 0.0");
  }

  private static OnlineMixingConfig targets(LossTarget... targets) {
    return new OnlineMixingConfig(Method.DYNAMIC_LOADING, INTERVAL, 1, 1e-4, List.of(targets), "");
  }

  private static void assertRefused(OnlineMixingConfig config, String message) {
    assertThatThrownBy(() -> train(run("refused", config), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static TrainingRun run(String output, OnlineMixingConfig config) {
    return world.run(output, TRAINER).with(config, ReferenceModel.none());
  }

  private static TrainingRun doReMiRun(String output) {
    return world.run(output, TRAINER).with(doReMi, reference);
  }

  private static TrainingRun withMixture(TrainingRun run, Path mixture) {
    return run.at(mixture.toString(), run.output());
  }

  private static void write(Path file, List<PhaseConfig> phases, Weight... weights)
      throws IOException {
    List<Weight> lines =
        weights.length > 0
            ? List.of(weights)
            : List.of(new Weight("*", "en", 0.5), new Weight("*", "zh*", 0.5));
    var config = new MixtureConfig(lines, 0, phases, 32, 0, 4, WhenCapped.SHRINK, 3);
    Shards shards = Shards.open(TinyWorld.path(folder.resolve("shards")), TinyWorld.CONFIGURATION);
    MixtureJson.write(
        MixturePlanner.plan(config, shards.index()), TinyWorld.path(file), TinyWorld.CONFIGURATION);
  }

  private static void train(TrainingRun run, int workers, int threads) throws Exception {
    if (workers == 1) {
      Training.run(run, Worker.alone(threads), TinyWorld.CONFIGURATION, Progress.silent());
      return;
    }
    Workers.run(
        workers,
        group ->
            Training.run(
                TrainingRun.parse(run.toJson()),
                new Worker(group, threads, 1, Fence.none(), () -> false),
                TinyWorld.CONFIGURATION,
                Progress.silent()));
  }

  private static Mixture mixture(String output) throws IOException {
    return MixtureJson.read(
        TinyWorld.path(world.folder(output).resolve("mixture.json")), TinyWorld.CONFIGURATION);
  }

  private static List<Double> weights(JsonNode change) {
    return each(change, "weight");
  }

  private static List<Double> each(JsonNode change, String key) {
    List<Double> values = new ArrayList<>();
    change.path("components").forEach(node -> values.add(node.path(key).asDouble()));
    return values;
  }

  /** Where a run begins anew from the first step, its first line stands there twice. */
  private static List<JsonNode> changes(String output) throws IOException {
    return events(output, "mixture").stream().distinct().toList();
  }

  private static List<JsonNode> events(String output, String event) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines(world.folder(output))) {
      JsonNode node = JSON.readTree(line);
      if (node.path("event").asText().equals(event)) {
        events.add(node);
      }
    }
    return events;
  }

  private static List<String> losses(String output) throws IOException {
    return losses(world.folder(output));
  }

  /** The part of each step's line that must not depend on speed. */
  private static List<String> losses(Path output) throws IOException {
    return lines(output).stream()
        .filter(line -> line.contains("\"event\":\"step\""))
        .map(line -> line.substring(0, line.indexOf(",\"tokens_per_second\"")))
        .toList();
  }

  private static List<String> lines(Path output) throws IOException {
    return Files.readAllLines(output.resolve("metrics.jsonl"), StandardCharsets.UTF_8);
  }
}
