package io.gristmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.ScalarKernels;
import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LlamaTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  static Stream<ModelConfig> tinyModels() {
    return Stream.of(
        new ModelConfig(23, 12, 2, 2, 2, 6, 20, 16, 10_000, 1e-5, true),
        new ModelConfig(37, 20, 2, 4, 2, 8, 33, 16, 500, 1e-5, false),
        new ModelConfig(19, 16, 1, 3, 1, 4, 17, 16, 10_000, 1e-6, false),
        new ModelConfig(23, 12, 2, 2, 2, 6, 20, 16, 10_000, 1e-5, true)
            .with(new MiniCpmParametrization(5, 0.1, 3, 1.4)),
        new ModelConfig(37, 20, 2, 4, 2, 8, 33, 16, 500, 1e-5, false)
            .with(new PowerParametrization(7, 0.1, 1.5, 0.6, 0.2, 1.7)),
        new ModelConfig(23, 12, 2, 2, 2, 6, 20, 16, 10_000, 1e-5, true).withQueryKeyNorm(),
        new ModelConfig(37, 20, 2, 4, 2, 18, 33, 16, 500, 1e-5, false).withQueryKeyNorm());
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void lossAgreesWithTheFormulasInDouble(ModelConfig config) {
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(llama, SEED);
    Batch batch = Batches.random(config, 3, 11, SEED);
    double expected = new ReferenceLlama(config).loss(LivelyParameters.doubles(parameters), batch);
    double actual = llama.loss(parameters, batch, llama.workspace(3, 11));
    assertThat(actual).as("seed %d", SEED).isCloseTo(expected, within(1e-5 * expected));
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void gradientAgreesWithCentralDifferencesOfTheDoubleLoss(ModelConfig config) {
    compareWithDifferences(config, 0, Dropout.none());
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void gradientUnderDropoutAgreesWithThatOfItsMask(ModelConfig config) {
    compareWithDifferences(config, 0, new Dropout(0.3, SEED, 5, 3, 1));
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void withZLossItAgreesWithThoseOfBothTerms(ModelConfig config) {
    compareWithDifferences(config, 0.125f, Dropout.none());
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void zLossIsNoPartOfTheLossThatIsTold(ModelConfig config) {
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(llama, SEED);
    Batch batch = Batches.random(config, 2, 9, SEED);
    Workspace workspace = llama.workspace(2, 9);
    double without = llama.loss(parameters, batch, workspace);
    double with =
        llama.lossAndGradient(
            parameters, batch, 1f, 0.1f, Tensors.zeros(llama.layout()), workspace, Dropout.none());
    assertThat(with).isEqualTo(without);
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void activationsComputedAgainGiveTheSameBits(ModelConfig config) {
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(llama, SEED);
    Tensors kept = Tensors.zeros(llama.layout());
    Tensors again = Tensors.zeros(llama.layout());
    Workspace all = llama.workspace(2, 9);
    Workspace inputs = llama.workspace(2, 9, Workspace.Keep.INPUTS);
    for (int step = 0; step < 2; step++) {
      Batch batch = Batches.random(config, 2, 9, SEED + step);
      var dropout = new Dropout(step == 0 ? 0 : 0.3, SEED, step, 0, 0);
      assertThat(llama.lossAndGradient(parameters, batch, 0.5f, 0, again, inputs, dropout))
          .isEqualTo(llama.lossAndGradient(parameters, batch, 0.5f, 0, kept, all, dropout));
    }
    for (int tensor = 0; tensor < kept.layout().tensors().size(); tensor++) {
      assertThat(again.of(tensor))
          .as("%s seed %d", kept.layout().tensors().get(tensor).name(), SEED)
          .containsExactly(kept.of(tensor));
    }
  }

  private static void compareWithDifferences(ModelConfig config, float zLoss, Dropout dropout) {
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(llama, SEED);
    Batch batch = Batches.random(config, 2, 9, SEED);
    Tensors gradients = Tensors.zeros(llama.layout());
    double loss =
        llama.lossAndGradient(
            parameters, batch, 0.5f, zLoss, gradients, llama.workspace(2, 9), dropout);

    var reference = new ReferenceLlama(config, dropout);
    double[][] doubles = LivelyParameters.doubles(parameters);
    double sameLoss = reference.loss(doubles, batch);
    assertThat(loss).as("seed %d", SEED).isCloseTo(sameLoss, within(1e-5 * sameLoss));
    var random = new SplittableRandom(SEED);
    for (int tensor = 0; tensor < doubles.length; tensor++) {
      for (int trial = 0; trial < 12; trial++) {
        int i = random.nextInt(doubles[tensor].length);
        double old = doubles[tensor][i];
        double step = 1e-5;
        doubles[tensor][i] = old + step;
        double above = loss(reference, doubles, batch, zLoss);
        doubles[tensor][i] = old - step;
        double below = loss(reference, doubles, batch, zLoss);
        doubles[tensor][i] = old;
        double expected = 0.5 * (above - below) / (2 * step);
        assertThat((double) gradients.of(tensor)[i])
            .as("%s[%d] seed %d", llama.layout().tensors().get(tensor).name(), i, SEED)
            .isCloseTo(expected, within(2e-4 + 1e-4 * Math.abs(expected)));
      }
    }
  }

  private static double loss(
      ReferenceLlama reference, double[][] parameters, Batch batch, float zLoss) {
    double loss = reference.loss(parameters, batch);
    return zLoss == 0 ? loss : loss + zLoss * reference.squaredLogZ(parameters, batch);
  }

  @ParameterizedTest
  @MethodSource("tinyModels")
  void vectorKernelsTrainToTheBitsOfScalarKernels(ModelConfig config) {
    Tensors scalar = train(config, new ScalarKernels());
    Tensors vector = train(config, new VectorKernels());
    for (int tensor = 0; tensor < scalar.layout().tensors().size(); tensor++) {
      assertThat(vector.of(tensor))
          .as("%s seed %d", scalar.layout().tensors().get(tensor).name(), SEED)
          .containsExactly(scalar.of(tensor));
    }
  }

  private static Tensors train(ModelConfig config, Kernels kernels) {
    var llama = new Llama(config, kernels);
    Tensors parameters = LivelyParameters.of(llama, SEED);
    Tensors gradients = Tensors.zeros(llama.layout());
    var optimizer = new AdamW(AdamWConfig.defaults(), llama.layout(), kernels);
    Workspace workspace = llama.workspace(2, 13);
    for (int step = 1; step <= 3; step++) {
      gradients.zero();
      Batch batch = Batches.random(config, 2, 13, SEED + step);
      var dropout = new Dropout(step == 2 ? 0.2 : 0, SEED, step, 0, 0);
      float scale = 1f / batch.targetCount();
      llama.lossAndGradient(parameters, batch, scale, 0, gradients, workspace, dropout);
      optimizer.update(parameters, gradients, step, 1e-2, 1f);
    }
    return parameters;
  }

  @Test
  void anotherSeedStepSlotOrMicroBatchDropsOthers() {
    ModelConfig config = tinyModels().findFirst().orElseThrow();
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(llama, SEED);
    Batch batch = Batches.random(config, 2, 9, SEED);
    double[] losses =
        Stream.of(
                Dropout.none(),
                new Dropout(0.1, 1, 1, 1, 1),
                new Dropout(0.1, 2, 1, 1, 1),
                new Dropout(0.1, 1, 2, 1, 1),
                new Dropout(0.1, 1, 1, 2, 1),
                new Dropout(0.1, 1, 1, 1, 2),
                new Dropout(0.2, 1, 1, 1, 1))
            .mapToDouble(
                dropout ->
                    llama.lossAndGradient(
                        parameters,
                        batch,
                        1f,
                        0,
                        Tensors.zeros(llama.layout()),
                        llama.workspace(2, 9),
                        dropout))
            .toArray();
    assertThat(losses).doesNotHaveDuplicates();
    assertThat(losses[0]).isEqualTo(llama.loss(parameters, batch, llama.workspace(2, 9)));
  }

  @Test
  void aDocumentDoesNotSeeItsNeighbour() {
    ModelConfig config = new ModelConfig(23, 12, 2, 2, 2, 6, 20, 16, 10_000, 1e-5, true);
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(llama, SEED);
    int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8};
    int[] targets = {2, 3, 4, 5, 6, 7, 8, 9};
    Batch packed = new Batch(1, 8, tokens, targets, new int[] {0, 0, 0, 3, 3, 3, 3, 3});
    Batch alone = new Batch(1, 5, new int[] {4, 5, 6, 7, 8}, new int[] {5, 6, 7, 8, 9}, new int[5]);
    float[] inPack = llama.tokenLosses(parameters, packed, llama.workspace(1, 8));
    float[] byItself = llama.tokenLosses(parameters, alone, llama.workspace(1, 8));
    for (int i = 0; i < 5; i++) {
      assertThat(inPack[3 + i]).isCloseTo(byItself[i], within(1e-5f));
    }
  }

  @Test
  void aTokenOutsideTheVocabularyIsNamed() {
    ModelConfig config = new ModelConfig(23, 12, 1, 2, 2, 6, 20, 16, 10_000, 1e-5, true);
    var llama = new Llama(config, new ScalarKernels());
    Batch batch = new Batch(1, 2, new int[] {1, 23}, new int[] {1, 2}, new int[2]);
    assertThatThrownBy(() -> llama.loss(llama.initial(1), batch, llama.workspace(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token 23 at position 1 is outside the vocabulary of 23");
  }

  @Test
  void aSequenceLongerThanTheModelIsRefused() {
    ModelConfig config = new ModelConfig(23, 12, 1, 2, 2, 6, 20, 16, 10_000, 1e-5, true);
    var llama = new Llama(config, new ScalarKernels());
    assertThatThrownBy(() -> llama.workspace(1, 17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than model.max-sequence-length 16");
  }
}
