package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.optimizer.MuonConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings that exchange less than every gradient in full. */
class SlowNetworkTrainingTest {
  /**
   * Six steps with dropout and clipping, a checkpoint after 2, 4, 6, and after 3, the last before
   * the decay.
   */
  private static final TrainerConfig TRAINER =
      new TrainerConfig(6, 8, 1, 8, 0.5, 2, 0, 2, 10, 1, 0.2, 0, false, Precision.FP32);

  private static final TrainerConfig LONG = new TrainerConfig(40, 8, 1, 8, 1, 0, 0, 0, 1, 1);

  @TempDir private static Path folder;
  private static TinyWorld world;
  private static double usual;

  /** What exchanges, by how many workers. */
  record Mode(String name, ExchangeConfig exchange, MuonConfig muon) {
    int workers() {
      return exchange.workers();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Mode> modes() {
    MuonConfig adamW = MuonConfig.none();
    return Stream.of(
        new Mode("bf16", ExchangeConfig.compressed(Compression.BF16, 2), adamW),
        new Mode("int8", ExchangeConfig.compressed(Compression.INT8, 4), adamW),
        new Mode("local", ExchangeConfig.local(2, 2), adamW),
        new Mode("local-muon", ExchangeConfig.local(2, 2), new MuonConfig(true, 0.95)),
        new Mode("local-int8", new ExchangeConfig(Compression.INT8, 2, 0.7, 0.9, 4), adamW));
  }

  @BeforeAll
  static void trainAsUsual() throws Exception {
    world = TinyWorld.write(folder);
    var synchronous = new Mode("usual", ExchangeConfig.synchronous(), MuonConfig.none());
    usual = train("usual", LONG, synchronous, 1, () -> false).loss();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aResumeAndAnyThreadsGiveTheSameBytes(Mode mode) throws Exception {
    String whole = mode + "-whole";
    String resumed = mode + "-resumed";
    train(whole, TRAINER, mode, 2, () -> false);
    train(resumed, TRAINER, mode, 1, () -> false);
    // As if the last step's checkpoint had not been written when the workers were killed.
    Files.delete(checkpoint(resumed, 6).resolve("_MANIFEST.json"));
    Files.delete(checkpoint(resumed, 4).resolve("model.safetensors"));
    train(resumed, TRAINER, mode, 1, () -> false);
    assertThat(Files.readString(world.folder(resumed).resolve("metrics.jsonl")))
        .contains("{\"event\":\"resume\",\"step\":3,");
    assertThat(TinyWorld.hashes(world.folder(resumed).resolve("checkpoints")))
        .isEqualTo(TinyWorld.hashes(world.folder(whole).resolve("checkpoints")));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void theLossFallsAsInTheUsualRunButNotToTheBit(Mode mode) throws Exception {
    double other = train(mode + "-long", LONG, mode, 1, () -> false).loss();
    assertThat(usual).isLessThan(0.7); // of 5.5 at the beginning
    assertThat(other).isNotEqualTo(usual);
    if (mode.exchange().trainsAlone()) {
      // Rounds of 2 steps with the outer rate of rounds of 500 overshoot, but learn.
      assertThat(other).isLessThan(2);
    } else {
      assertThat(other).isBetween(usual * 0.8, usual * 1.25);
    }
  }

  @Test
  void aWishToStopIsFollowedAtTheEndOfTheRound() {
    var mode = new Mode("asked", ExchangeConfig.local(3, 2), MuonConfig.none());
    var trainer = new TrainerConfig(9, 8, 1, 8, 1, 3, 0, 3, 10, 1);
    var steps = new int[1];
    assertThatThrownBy(
            () ->
                train(
                    "asked",
                    trainer,
                    mode,
                    1,
                    () -> ++steps[0] == 5)) // the last before the decay is 4
        .isInstanceOf(TrainingPaused.class)
        .hasMessageContaining("stopped after step 6 of 9");
  }

  @Test
  void aRoundEndsBeforeTheDecayAndAtTheEnd() {
    var rounds = new Rounds(4, 10, 14);
    assertThat(Stream.iterate(1L, step -> step + 1).limit(14).filter(rounds::endAfter))
        .containsExactly(4L, 8L, 10L, 12L, 14L);
  }

  @Test
  void checkpointsHoldWhatEachWorkerHas() throws Exception {
    var mode =
        new Mode("files", new ExchangeConfig(Compression.INT8, 2, 0.7, 0.9, 2), MuonConfig.none());
    train("files", TinyWorld.trainer(4, 1), mode, 1, () -> false);
    try (Stream<Path> files = Files.list(checkpoint("files", 2))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("optimizer-")))
          .containsExactlyInAnyOrder(
              "optimizer-compression-error-worker-00000.safetensors",
              "optimizer-compression-error-worker-00001.safetensors",
              "optimizer-first-moment-worker-00000.safetensors",
              "optimizer-first-moment-worker-00001.safetensors",
              "optimizer-outer-momentum.safetensors",
              "optimizer-second-moment-worker-00000.safetensors",
              "optimizer-second-moment-worker-00001.safetensors");
    }
    assertThat(bytes("files", "optimizer-first-moment-worker-00000.safetensors"))
        .isNotEqualTo(bytes("files", "optimizer-first-moment-worker-00001.safetensors"));
  }

  private static byte[] bytes(String output, String name) throws IOException {
    return Files.readAllBytes(checkpoint(output, 2).resolve(name));
  }

  @Test
  void anotherNumberOfWorkersIsRefused() {
    var mode = new Mode("four", ExchangeConfig.compressed(Compression.BF16, 4), MuonConfig.none());
    assertThatThrownBy(
            () -> Workers.run(2, group -> train("four", TRAINER, mode, group, 1, () -> false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "workers.workers is 4 and part of the result with pretrain.compression, but there are 2");
  }

  @Test
  void theIdentityTellsTheModeAndTheWorkersThatItDependsOn() throws Exception {
    Mixture mixture =
        MixtureJson.read(TinyWorld.path(folder.resolve("mixture.json")), TinyWorld.CONFIGURATION);
    TrainingRun usual = world.run("identity", TRAINER);
    List<String> identities =
        Stream.of(
                ExchangeConfig.compressed(Compression.NONE, 2),
                ExchangeConfig.compressed(Compression.BF16, 2),
                ExchangeConfig.compressed(Compression.INT8, 2),
                ExchangeConfig.compressed(Compression.INT8, 4),
                ExchangeConfig.local(2, 2),
                new ExchangeConfig(Compression.NONE, 2, 0.7, 0.8, 2),
                new ExchangeConfig(Compression.NONE, 2, 0.5, 0.9, 2))
            .map(exchange -> RunIdentity.sha256(usual.with(exchange), mixture, 6))
            .toList();
    assertThat(identities).doesNotHaveDuplicates();
    assertThat(identities.getFirst()).isEqualTo(RunIdentity.sha256(usual, mixture, 6));
  }

  @Test
  void anIntervalInTheMiddleOfARoundIsRefused() {
    TrainingRun run = world.run("interval", TRAINER);
    assertThatThrownBy(() -> run.with(ExchangeConfig.local(3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("local-steps 3 does not divide pretrain.checkpoint-interval 2")
        .hasMessageContaining("try an interval of 3");
  }

  @Test
  void thePlanCountsWhatIsKept() {
    TrainingRun run = world.run("plan", TRAINER);
    long parameters = plan(run, 2).parameters();
    MemoryPlan usual = plan(run, 2);
    MemoryPlan bf16 = plan(run.with(ExchangeConfig.compressed(Compression.BF16, 2)), 2);
    MemoryPlan int8 = plan(run.with(ExchangeConfig.compressed(Compression.INT8, 2)), 2);
    MemoryPlan local = plan(run.with(ExchangeConfig.local(2, 2)), 2);
    assertThat(usual.exchange()).isZero();
    assertThat(bf16.exchange()).isEqualTo(parameters / 2);
    assertThat(int8.exchange()).isEqualTo(parameters + parameters / 2);
    assertThat(local.exchange()).isEqualTo(parameters + parameters / 2);
    assertThat(local.optimizer()).isEqualTo(2 * parameters);
    assertThat(local.description()).contains(", exchange ");
  }

  private static MemoryPlan plan(TrainingRun run, int workers) {
    try {
      return MemoryPlan.of(run, 32, workers, 1, TinyWorld.CONFIGURATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrainingResult train(
      String output, TrainerConfig trainer, Mode mode, int threads, BooleanSupplier asked)
      throws Exception {
    return Workers.run(
            Math.max(1, mode.workers()),
            group -> train(output, trainer, mode, group, threads, asked))
        .getFirst();
  }

  private static TrainingResult train(
      String output,
      TrainerConfig trainer,
      Mode mode,
      Group group,
      int threads,
      BooleanSupplier asked)
      throws IOException {
    return Training.run(
        world.run(output, trainer).with(mode.exchange()).with(mode.muon()),
        new Worker(group, threads, group.size(), Fence.none(), () -> false, asked),
        TinyWorld.CONFIGURATION,
        Progress.silent());
  }

  private static Path checkpoint(String output, long step) {
    return world.folder(output).resolve("checkpoints/step-%06d".formatted(step));
  }
}
