package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.schedule.Decay;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that go on in the middle of another: a decay, or the stable part itself. */
class BranchTest {
  private static final int STEPS = 12;
  private static final int DECAY = 4;

  @TempDir static Path folder;
  private static TinyWorld world;
  private static Path trunk;

  @BeforeAll
  static void trainTheTrunk() throws IOException {
    world = TinyWorld.write(folder);
    trunk = Path.of(train(run("trunk", STEPS - DECAY, 0, InitialModel.random())));
  }

  @Test
  void aDecayOfTheTrunkEndsWhereOneRunWould() throws IOException {
    train(run("whole", STEPS, DECAY, InitialModel.random()));
    train(run("decay", STEPS, DECAY, branch()));
    assertThat(weights("decay", STEPS)).hasSameBinaryContentAs(weights("whole", STEPS));
  }

  @Test
  void theTrunkGoesOnBesideItsBranch() throws IOException {
    train(run("long", 10, 0, InitialModel.random()));
    train(run("on", 10, 0, branch()));
    assertThat(weights("on", 10)).hasSameBinaryContentAs(weights("long", 10));
  }

  @Test
  void aBranchResumesFromItsOwnCheckpoints() throws IOException {
    train(run("first", 10, 0, branch()));
    TrainingResult resumed =
        Training.run(
            run("first", 10, 0, branch()),
            Worker.alone(1),
            TinyWorld.CONFIGURATION,
            Progress.silent());
    assertThat(resumed.steps()).isEqualTo(10);
    assertThat(world.folder("first").resolve("metrics.jsonl"))
        .content()
        .contains("\"from\":\"checkpoint\"");
  }

  @Test
  void whatCouldNotBeABranchIsRefused() throws IOException {
    TrainingRun other = run("other", STEPS, DECAY, branch());
    TrainerConfig clipped = new TrainerConfig(STEPS, 8, 1, 8, 0.1, 0, 0, 0, 10, 1);
    assertThatThrownBy(
            () ->
                train(
                    new TrainingRun(
                        other.model(),
                        other.initial(),
                        clipped,
                        other.optimizer(),
                        other.schedule(),
                        other.shards(),
                        other.mixture(),
                        other.tokenizer(),
                        other.output())))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("cannot be branched off from: pretrain.clip was 1.0, is 0.1");
    assertThatThrownBy(() -> train(run("late", STEPS - DECAY, 0, branch())))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("is at step 8, the branch ends at step 8");
  }

  private static InitialModel branch() throws IOException {
    return InitialModel.branch(TinyWorld.path(trunk), TinyWorld.CONFIGURATION);
  }

  private static TrainingRun run(String output, int steps, int decay, InitialModel initial) {
    TrainingRun usual = world.run(output);
    return new TrainingRun(
        usual.model(),
        initial,
        new TrainerConfig(steps, 8, 1, 8, 1, 0, 0, 0, 10, 1),
        AdamWConfig.defaults(),
        new ScheduleConfig(
            ScheduleConfig.Kind.WSD, 3e-3, 2, decay, Decay.ONE_MINUS_SQRT, 0, 4, -0.51),
        usual.shards(),
        usual.mixture(),
        usual.tokenizer(),
        usual.output());
  }

  private static Path weights(String output, int step) {
    return world.folder(output).resolve("checkpoints/step-%06d/model.safetensors".formatted(step));
  }

  private static String train(TrainingRun run) throws IOException {
    return Training.run(run, Worker.alone(1), TinyWorld.CONFIGURATION, Progress.silent())
        .checkpoint();
  }
}
