package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.model.MiniCpmParametrization;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.PowerParametrization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs of models that are no plain Llamas. */
class VariantTrainingTest {
  private static final double PEAK = 1e-2;

  @TempDir private static Path folder;
  private static TinyWorld world;

  @BeforeAll
  static void writeWorld() throws IOException {
    world = TinyWorld.write(folder);
  }

  static Stream<ModelConfig> variants() {
    ModelConfig plain = TinyWorld.model();
    return Stream.of(
        plain.with(new MiniCpmParametrization(64, 0.1, 12, 1.4)),
        plain.with(PowerParametrization.of(64, 128, 2, 32)),
        plain.withQueryKeyNorm());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void workersAgreeAndTheCheckpointIsTrainedOnAsTheSameModel(ModelConfig model) throws Exception {
    String name = "v" + variants().toList().indexOf(model);
    TrainingRun alone = run(name, model, InitialModel.random());
    TrainingResult first = train(alone);
    TrainingRun divided = run(name + "-divided", model, InitialModel.random());
    Workers.run(
        2,
        group ->
            Training.run(
                TrainingRun.parse(divided.toJson()),
                new Worker(group, 2, 1, Fence.none(), () -> false),
                TinyWorld.CONFIGURATION,
                Progress.silent()));
    assertThat(TinyWorld.hashes(world.folder(name + "-divided").resolve("checkpoints")))
        .isNotEmpty()
        .isEqualTo(TinyWorld.hashes(world.folder(name).resolve("checkpoints")));

    var checkpoint = TinyWorld.path(Path.of(first.checkpoint()));
    ModelConfig read =
        HuggingFace.readConfig(
            CheckpointFiles.system(checkpoint, TinyWorld.CONFIGURATION), checkpoint);
    assertThat(read).isEqualTo(model);
    InitialModel begun = InitialModel.of(checkpoint, TinyWorld.CONFIGURATION);
    TrainingResult second = train(run(name + "-on", read, begun));
    assertThat(second.loss()).isLessThan(first.loss());
  }

  @Test
  void anotherBaseWidthIsAnotherRun() throws Exception {
    train(run("base", muP(64), InitialModel.random()));
    assertThatThrownBy(() -> train(run("base", muP(32), InitialModel.random())))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("model.parametrization.base_width was 64, is 32");
    assertThat(
            Files.readString(world.folder("base").resolve("checkpoints/step-000004/config.json")))
        .contains("\"dim_model_base\" : 64");
  }

  private static ModelConfig muP(int baseWidth) {
    return TinyWorld.model().with(new MiniCpmParametrization(baseWidth, 0.1, 12, 1.4));
  }

  private static TrainingRun run(String output, ModelConfig model, InitialModel initial) {
    return world.run(output, TinyWorld.trainer(), model, initial, PEAK);
  }

  private static TrainingResult train(TrainingRun run) throws IOException {
    return Training.run(run, Worker.alone(2), TinyWorld.CONFIGURATION, Progress.silent());
  }
}
