package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.vocabulary.ExtendedTokenizer;
import io.gristmill.trainer.vocabulary.ModelExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that begin with the weights of a model that was trained before. */
class ContinuedTrainingTest {
  private static final TrainerConfig LONG = new TrainerConfig(40, 8, 1, 8, 1, 0, 0, 0, 1, 1);
  private static final TrainerConfig SHORT = new TrainerConfig(4, 8, 1, 8, 1, 0, 0, 0, 1, 1);

  /** So small that no weight changes. */
  private static final double STILL = 1e-30;

  @TempDir static Path folder;
  private static TinyWorld world;
  private static TinyWorld extendedWorld;
  private static Path old;
  private static Path extended;

  @BeforeAll
  static void trainAndExtend() throws IOException {
    world = TinyWorld.write(Files.createDirectory(folder.resolve("world")));
    old = Path.of(train(world.run("old", LONG)));
    extendedWorld =
        TinyWorld.write(
            Files.createDirectory(folder.resolve("extended-world")), ExtendedTokenizer.extended());
    extended = folder.resolve("extended");
    new ModelExtension(
            TinyWorld.path(old),
            TinyWorld.path(extendedWorld.folder("tokenizer")),
            TinyWorld.path(extended),
            64)
        .write(TinyWorld.CONFIGURATION);
  }

  @Test
  void aTrainingBeginsWithExactlyTheWeightsOfTheModel() throws IOException {
    Path checkpoint =
        Path.of(train(world.run("still", SHORT, TinyWorld.model(), initial(old), STILL)));
    assertThat(checkpoint.resolve("model.safetensors"))
        .hasSameBinaryContentAs(old.resolve("model.safetensors"));
    assertThat(losses(world, checkpoint)).isEqualTo(losses(world, old));
  }

  @Test
  void anExtendedModelIsNearTheOldOneAndTrainsOn() throws IOException {
    Path still =
        Path.of(train(extendedWorld.run("still", SHORT, shape(), initial(extended), STILL)));
    Path trained = Path.of(train(extendedWorld.run("on", LONG, shape(), initial(extended), 3e-3)));
    Path random =
        Path.of(train(extendedWorld.run("random", SHORT, shape(), InitialModel.random(), STILL)));
    for (int group = 0; group < 2; group++) {
      double before = losses(world, old).get(group).bitsPerByte();
      double first = losses(extendedWorld, still).get(group).bitsPerByte();
      double last = losses(extendedWorld, trained).get(group).bitsPerByte();
      double fresh = losses(extendedWorld, random).get(group).bitsPerByte();
      // New tokens are only guessed from their pieces: 0.73 before, 1.10 at first, 0.63 after
      // training on, 7.7 with random weights.
      assertThat(first).as("group %d", group).isBetween(before, 1.7 * before);
      assertThat(first).isLessThan(fresh / 4);
      assertThat(last).isLessThan(before);
    }
  }

  @Test
  void severalWorkersBeginWithTheSameModel() throws Exception {
    TrainingRun run = world.run("two", SHORT, TinyWorld.model(), initial(old), 3e-3);
    TrainingRun alone = world.run("one", SHORT, TinyWorld.model(), initial(old), 3e-3);
    train(alone);
    Workers.run(
        2,
        group ->
            Training.run(
                TrainingRun.parse(run.toJson()),
                new Worker(group, 1, 1, Fence.none(), () -> false),
                TinyWorld.CONFIGURATION,
                Progress.silent()));
    assertThat(hashes("two")).isEqualTo(hashes("one")).isNotEmpty();
  }

  @Test
  void anotherModelIsAnotherRun() throws IOException {
    train(world.run("changed", SHORT, TinyWorld.model(), initial(old), STILL));
    TrainingRun fromRandom =
        world.run("changed", SHORT, TinyWorld.model(), InitialModel.random(), STILL);
    assertThatThrownBy(() -> train(fromRandom))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("of a run with other settings: model_from_sha256 was");
  }

  @Test
  void aModelWithoutRowsForTheTokenizerIsRefused() throws IOException {
    TrainingRun run = extendedWorld.run("refused", SHORT, TinyWorld.model(), initial(old), STILL);
    assertThatThrownBy(() -> train(run))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another tokenizer than the run: id 257 is missing, was \"th\"")
        .hasMessageContaining("gristmill extend-model");
    Path bare = Files.createDirectory(folder.resolve("bare"));
    for (String name : List.of("config.json", "model.safetensors")) {
      Files.copy(old.resolve(name), bare.resolve(name));
    }
    TrainingRun without =
        extendedWorld.run("refused", SHORT, TinyWorld.model(), initial(bare), STILL);
    assertThatThrownBy(() -> train(without))
        .hasMessageContaining("has 257 rows, the tokenizer has 262 tokens");
  }

  private static String train(TrainingRun run) throws IOException {
    return Training.run(run, Worker.alone(1), TinyWorld.CONFIGURATION, Progress.silent())
        .checkpoint();
  }

  private static InitialModel initial(Path model) throws IOException {
    return InitialModel.of(TinyWorld.path(model), TinyWorld.CONFIGURATION);
  }

  private static ModelConfig shape() throws IOException {
    org.apache.hadoop.fs.Path path = TinyWorld.path(extended);
    return HuggingFace.readConfig(CheckpointFiles.system(path, TinyWorld.CONFIGURATION), path);
  }

  private static List<GroupLoss> losses(TinyWorld world, Path model) throws IOException {
    Mixture mixture =
        MixtureJson.read(TinyWorld.path(world.folder("mixture.json")), TinyWorld.CONFIGURATION);
    Shards shards = Shards.open(TinyWorld.path(world.folder("shards")), TinyWorld.CONFIGURATION);
    Validation validation =
        CheckpointEvaluation.measure(
            TinyWorld.path(model), shards, mixture, 1, 0, 1, TinyWorld.CONFIGURATION);
    return validation.groups();
  }

  private static SortedMap<String, String> hashes(String output) throws Exception {
    return TinyWorld.hashes(world.folder(output).resolve("checkpoints"));
  }
}
