package io.gristmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.kernel.Bf16;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.VectorKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss and gradients with products in bfloat16 beside those in 32 bits. */
class Bf16GradientTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientsAreThoseOf32BitsWithinTheRoundingOfOperands(boolean tied) {
    Kernels kernels = Bf16.kernels();
    var config = new ModelConfig(500, 96, 3, 4, 2, 24, 160, 64, 10_000, 1e-5, tied);
    Tensors parameters = LivelyParameters.of(new Llama(config, kernels), SEED);
    Batch batch = Batches.random(config, 4, 48, SEED);
    Tensors expected = Tensors.zeros(parameters.layout());
    Tensors actual = Tensors.zeros(parameters.layout());
    double loss = lossAndGradient(config, new VectorKernels(), parameters, batch, expected);
    double rounded = lossAndGradient(config, kernels, parameters, batch, actual);
    assertThat(rounded).as("seed %d", SEED).isCloseTo(loss, within(2e-3 * loss));
    for (int tensor = 0; tensor < parameters.layout().tensors().size(); tensor++) {
      double error = 0;
      double norm = 0;
      for (int i = 0; i < expected.of(tensor).length; i++) {
        error += Math.pow(actual.of(tensor)[i] - expected.of(tensor)[i], 2);
        norm += Math.pow(expected.of(tensor)[i], 2);
      }
      // Each rounding is off by 2^-9 at most; a gradient has been through some tens of them.
      assertThat(Math.sqrt(error / norm))
          .as("%s seed %d", parameters.layout().tensors().get(tensor).name(), SEED)
          .isBetween(1e-5, 3e-2);
    }
  }

  private static double lossAndGradient(
      ModelConfig config, Kernels kernels, Tensors parameters, Batch batch, Tensors gradients) {
    var llama = new Llama(config, kernels);
    Workspace workspace = llama.workspace(batch.sequences(), batch.length());
    return llama.lossAndGradient(parameters, batch, 1f, gradients, workspace);
  }

  @Test
  void lossAloneHasTheBitsOfLossWithGradient() {
    Kernels kernels = Bf16.kernels();
    var config = new ModelConfig(500, 96, 2, 4, 2, 24, 160, 64, 10_000, 1e-5, true);
    var llama = new Llama(config, kernels);
    Tensors parameters = llama.initial(SEED);
    Batch batch = Batches.random(config, 2, 48, SEED);
    Tensors gradients = Tensors.zeros(llama.layout());
    assertThat(llama.loss(parameters, batch, llama.workspace(2, 48)))
        .isEqualTo(lossAndGradient(config, kernels, parameters, batch, gradients));
  }
}
