package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.SafetensorsReader;
import io.gristmill.trainer.checkpoint.TensorEntry;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.MiniCpmParametrization;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose hidden matrices are updated by Muon, some cut by the borders of shards. */
class MuonTrainingTest {
  private static final MuonConfig MUON = new MuonConfig(true, 0.95);

  @TempDir static Path folder;
  private static TinyWorld world;
  private static SortedMap<String, String> reference;

  @BeforeAll
  static void trainOnceOnOneThread() throws Exception {
    world = TinyWorld.write(folder);
    train(world.run("reference").with(MUON), 1, 1);
    reference = TinyWorld.hashes(world.folder("reference").resolve("checkpoints"));
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,1", "4,2", "8,1"})
  void checkpointsAreTheSameBytesForAnyWorkersAndThreads(int workers, int threads)
      throws Exception {
    String output = "w%dt%d".formatted(workers, threads);
    train(world.run(output).with(MUON), workers, threads);
    assertThat(TinyWorld.hashes(world.folder(output).resolve("checkpoints"))).isEqualTo(reference);
  }

  @Test
  void aMaximalUpdateParametrizationIsRefused() {
    ModelConfig scaled = TinyWorld.model().with(MiniCpmParametrization.defaults());
    TrainingRun run = world.run("refused");
    assertThatThrownBy(
            () ->
                new TrainingRun(
                        scaled,
                        run.initial(),
                        run.trainer(),
                        run.optimizer(),
                        run.schedule(),
                        run.shards(),
                        run.mixture(),
                        run.tokenizer(),
                        run.output())
                    .with(MUON))
        .hasMessageContaining("optimizer.kind muon stands beside model.parametrization");
  }

  @ParameterizedTest
  @CsvSource({"1,4", "4,1"})
  void aRunKilledInTheMiddleAndResumedElsewhereIsTheSame(int before, int after) throws Exception {
    String output = "killed%d-%d".formatted(before, after);
    var asked = new AtomicInteger();
    int polls = 8 / before * 3; // dies after the checkpoint of the second step
    assertThatThrownBy(
            () ->
                Workers.run(
                    before,
                    group ->
                        Training.run(
                            world.run(output).with(MUON),
                            new Worker(
                                group,
                                1,
                                1,
                                Fence.none(),
                                () -> group.rank() == 0 && asked.incrementAndGet() > polls),
                            TinyWorld.CONFIGURATION,
                            Progress.silent())))
        .isInstanceOf(IOException.class);
    train(world.run(output).with(MUON), after, 1);
    assertThat(TinyWorld.hashes(world.folder(output).resolve("checkpoints"))).isEqualTo(reference);
  }

  @Test
  void theSecondMomentIsThatOfTheOtherTensorsAlone() throws Exception {
    assertThat(tensors("optimizer-first-moment.safetensors")).contains("q_proj").contains("norm");
    assertThat(tensors("optimizer-second-moment.safetensors"))
        .doesNotContain("proj")
        .contains("model.embed_tokens.weight")
        .contains("model.norm.weight");
  }

  @Test
  void aCheckpointByAdamWIsNotGoneOnWith() throws Exception {
    train(world.run("adamw"), 1, 2);
    assertThatThrownBy(() -> train(world.run("adamw").with(MUON), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("optimizer.kind was not there, is \"muon\"");
  }

  @Test
  void eachAtItsBestRateTheLossIsNoHigherThanThatOfAdamW() throws Exception {
    double muon = Math.min(heldOut(MUON, 1e-2), heldOut(MUON, 2e-2));
    double adamW = Double.POSITIVE_INFINITY;
    for (double peak : new double[] {1.5e-3, 3e-3, 6e-3}) {
      adamW = Math.min(adamW, heldOut(MuonConfig.none(), peak));
    }
    assertThat(muon).isLessThan(adamW);
  }

  /** Nats per token of English after 40 steps. */
  private static double heldOut(MuonConfig muon, double peak) throws Exception {
    TrainerConfig trainer = new TrainerConfig(40, 8, 1, 8, 1, 0, 0, 0, 1, 1);
    String output = "rate-%s-%s".formatted(muon.on(), peak);
    TrainingRun run =
        world.run(output, trainer, TinyWorld.model(), InitialModel.random(), peak).with(muon);
    double loss = train(run, 1, 2).best().getFirst().natsPerToken();
    return loss;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "8,1"})
  void stateTakesWhatThePlanSays(int workers, int threads) throws Exception {
    var llama = new Llama(ModelConfig.of(2_000, 256, 4, 4, 704, 256), Kernels.best());
    var shards = new VectorShards(llama.layout().size(), workers);
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long most =
        Workers.run(
                workers,
                group -> {
                  try (var team = new ThreadTeam(threads)) {
                    optimizer(llama, group, shards, team); // classes are loaded
                    var bytes = new AtomicLong();
                    team.run( // by a thread whose memory is counted, as a virtual one's is not
                        1,
                        (thread, item) -> {
                          long before = bean.getCurrentThreadAllocatedBytes();
                          assertThat(optimizer(llama, group, shards, team)).isNotNull();
                          bytes.set(bean.getCurrentThreadAllocatedBytes() - before);
                        });
                    return bytes.get();
                  }
                })
            .stream()
            .mapToLong(bytes -> bytes)
            .max()
            .orElseThrow();
    long planned = ShardOptimizer.bytes(llama.layout(), MUON, workers, threads);
    assertThat((double) most / planned).isCloseTo(1, within(0.02));
  }

  private static ShardOptimizer optimizer(
      Llama llama, Group group, VectorShards shards, ThreadTeam team) {
    return new ShardOptimizer(AdamWConfig.defaults(), MUON, llama, group, shards, team);
  }

  private static String tensors(String file) throws Exception {
    var path = TinyWorld.path(world.folder("reference").resolve("checkpoints/step-000004/" + file));
    try (SafetensorsReader reader =
        SafetensorsReader.open(CheckpointFiles.system(path, TinyWorld.CONFIGURATION), path)) {
      return String.join(" ", reader.tensors().stream().map(TensorEntry::name).toList());
    }
  }

  private static TrainingResult train(TrainingRun run, int workers, int threads) throws Exception {
    return Workers.run(
            workers,
            group ->
                Training.run(
                    run,
                    new Worker(group, threads, 1, Fence.none(), () -> false),
                    TinyWorld.CONFIGURATION,
                    Progress.silent()))
        .getFirst();
  }
}
