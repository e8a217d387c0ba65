package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.trainer.kernel.Bf16;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.kernel.VectorKernels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings with products in bfloat16. */
class Bf16TrainingTest {
  private static final TrainerConfig FP32 = new TrainerConfig(30, 8, 1, 8, 1, 0, 0, 0, 10, 1);
  private static final TrainerConfig BF16 = FP32.with(Precision.BF16);

  @TempDir static Path folder;
  private static Kernels kernels;
  private static TinyWorld world;
  private static TrainingResult fp32;
  private static TrainingResult bf16;

  @BeforeAll
  static void trainInBoth() throws IOException {
    kernels = Bf16.kernels();
    world = TinyWorld.write(folder);
    fp32 = train(world.run("fp32", FP32), 1);
    bf16 = train(world.run("bf16", BF16), 1);
  }

  private static TrainingResult train(TrainingRun run, int threads) throws IOException {
    return Training.run(run, Worker.alone(threads), TinyWorld.CONFIGURATION, Progress.silent());
  }

  private static Path weights(String output) {
    return world.folder(output).resolve("checkpoints/step-000030/model.safetensors");
  }

  @Test
  void itLearnsAsIn32Bits() {
    assertThat(bf16.loss()).isCloseTo(fp32.loss(), within(0.01 * fp32.loss()));
    assertThat(bf16.loss()).isNotEqualTo(fp32.loss()).isLessThan(4); // from ln 257 = 5.5
  }

  @Test
  void threadsChangeNoBit() throws IOException {
    train(world.run("threads", BF16), 3);
    assertThat(weights("threads")).hasSameBinaryContentAs(weights("bf16"));
  }

  @Test
  void aCheckpointIsNotResumedInTheOtherPrecision() {
    assertThatThrownBy(() -> train(world.run("fp32", BF16), 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("is of a run with other settings: numerics.");
    assertThatThrownBy(() -> train(world.run("bf16", FP32), 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("is of a run with other settings: numerics.");
  }

  @Test
  void theWeightsOfA32BitCheckpointAreTrainedOn() throws IOException {
    var from =
        InitialModel.of(new org.apache.hadoop.fs.Path(fp32.checkpoint()), TinyWorld.CONFIGURATION);
    TrainingRun run = world.run("continued", BF16, TinyWorld.model(), from, 1e-4);
    assertThat(train(run, 1).loss()).isLessThan(fp32.loss() + 0.1);
  }

  @Test
  void theIdentityNamesLibraryAndInstructions() throws IOException {
    Mixture mixture =
        MixtureJson.read(
            new org.apache.hadoop.fs.Path(world.run("bf16", BF16).mixture()),
            TinyWorld.CONFIGURATION);
    var exact = RunIdentity.of(world.run("bf16", BF16), kernels, mixture, 30);
    assertThat(exact.at("/numerics/precision").asText()).isEqualTo("bfloat16, oneDNN 3.11");
    assertThat(exact.at("/numerics/instructions").asText()).isEqualTo(kernels.instructions());
    var plain = RunIdentity.of(world.run("fp32", FP32), new VectorKernels(), mixture, 30);
    assertThat(plain.at("/numerics/precision").asText()).isEqualTo("float32");
    assertThat(plain.at("/numerics/instructions").isMissingNode()).isTrue();
    assertThat(RunIdentity.sha256(world.run("bf16", BF16), mixture, 30))
        .isNotEqualTo(RunIdentity.sha256(world.run("bf16", FP32), mixture, 30));
    assertThat(TrainingRun.parse(world.run("bf16", BF16).toJson()).trainer()).isEqualTo(BF16);
  }
}
