package io.gristmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.training.TrainingStep;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our loss, gradients and updates against a second implementation that shares no code with ours.
 */
class LibtorchTwinTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  static Stream<ModelConfig> smallModels() {
    return Stream.of(
        new ModelConfig(211, 48, 2, 4, 4, 12, 100, 40, 10_000, 1e-5, true),
        new ModelConfig(307, 80, 3, 4, 2, 16, 112, 40, 500, 1e-6, false),
        new ModelConfig(1000, 96, 2, 6, 1, 24, 200, 200, 10_000, 1e-5, true));
  }

  @ParameterizedTest
  @MethodSource("smallModels")
  void lossAndEveryGradientAgree(ModelConfig config) {
    var llama = new Llama(config, new VectorKernels());
    Tensors parameters = lively(llama);
    int length = config.maxSequenceLength();
    Batch batch = batch(config, new SplittableRandom(SEED), 3);
    float scale = 1f / batch.targetCount();
    Tensors gradients = Tensors.zeros(llama.layout());
    double ours =
        llama.lossAndGradient(parameters, batch, scale, gradients, llama.workspace(3, length));
    var libtorch = new LibtorchLlama(config, parameters);
    double theirs = libtorch.lossAndGradient(batch, scale);

    assertThat(ours).as("seed %d", SEED).isCloseTo(theirs, within(1e-5 * theirs));
    List<Tensor> tensors = libtorch.parameters();
    for (int i = 0; i < tensors.size(); i++) {
      double distance = distance(gradients.of(i), LibtorchLlama.floats(tensors.get(i).grad()));
      assertThat(distance)
          .as("gradient of %s, seed %d", llama.layout().tensors().get(i).name(), SEED)
          .isLessThan(1e-4);
    }
  }

  /**
   * Adam divides by the root of a second moment that is no more than rounding for some elements, so
   * parameters are compared by the norm of what three updates changed.
   */
  @ParameterizedTest
  @MethodSource("smallModels")
  void threeUpdatesAgree(ModelConfig config) throws IOException {
    var llama = new Llama(config, new VectorKernels());
    Tensors start = lively(llama);
    Tensors parameters = lively(llama);
    var libtorch = new LibtorchLlama(config, start);
    var theirs = new LibtorchStep(libtorch);
    var random = new SplittableRandom(SEED);
    try (var ours = new TrainingStep(llama, parameters, 2, 2, 2, config.maxSequenceLength())) {
      for (int step = 0; step < 3; step++) {
        List<Batch> batches = List.of(batch(config, random, 2), batch(config, random, 2));
        double loss = theirs.run(batches, 1e-2);
        assertThat(ours.run(batches, 1e-2))
            .as("loss of step %d, seed %d", step, SEED)
            .isCloseTo(loss, within(1e-4 * loss));
      }
    }
    for (int i = 0; i < libtorch.parameters().size(); i++) {
      float[] changed = LibtorchLlama.floats(libtorch.parameters().get(i));
      double distance =
          distance(difference(parameters.of(i), start.of(i)), difference(changed, start.of(i)));
      assertThat(distance)
          .as("updates of %s, seed %d", llama.layout().tensors().get(i).name(), SEED)
          .isLessThan(3e-3);
    }
  }

  /** Large enough that every gradient is well above rounding. */
  private static Tensors lively(Llama llama) {
    Tensors parameters = Tensors.zeros(llama.layout());
    var random = new SplittableRandom(SEED);
    for (int tensor = 0; tensor < llama.layout().tensors().size(); tensor++) {
      TensorSpec spec = llama.layout().tensors().get(tensor);
      double deviation = spec.decays() ? 1 / Math.sqrt(spec.shape().get(1)) : 0.2;
      float[] values = parameters.of(tensor);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian() + (spec.decays() ? 0 : 1));
      }
    }
    return parameters;
  }

  /** One document a sequence; some positions have no target. */
  private static Batch batch(ModelConfig config, SplittableRandom random, int sequences) {
    int size = sequences * config.maxSequenceLength();
    int[] tokens = random.ints(size, 0, config.vocabularySize()).toArray();
    int[] targets =
        random.ints(size, 0, config.vocabularySize()).map(t -> t % 7 == 0 ? -1 : t).toArray();
    return new Batch(sequences, config.maxSequenceLength(), tokens, targets, new int[size]);
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** |a - b| / |b|. */
  private static double distance(float[] a, float[] b) {
    double apart = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      apart += Math.pow((double) a[i] - b[i], 2);
      norm += Math.pow(b[i], 2);
    }
    return Math.sqrt(apart / norm);
  }
}
