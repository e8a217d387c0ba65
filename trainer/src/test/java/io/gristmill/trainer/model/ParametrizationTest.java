package io.gristmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.trainer.kernel.ScalarKernels;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametrizationTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final ModelConfig PLAIN =
      new ModelConfig(300, 64, 4, 4, 2, 16, 96, 32, 10_000, 1e-5, false);

  /** m_res of the paper's models (arXiv 2408.13359): 0.28, 0.26, 0.22 for 24, 32, 40 layers. */
  @ParameterizedTest
  @CsvSource({"24, 0.28", "32, 0.26", "40, 0.22"})
  void powerTakesThePapersResidualMultipliers(int layers, double published) {
    double multiplier = PowerParametrization.of(256, 1024, layers, 64).residualMultiplier(layers);
    assertThat(multiplier).isCloseTo(published, within(0.013));
  }

  @Test
  void miniCpmTakesThePapersRules() {
    ModelConfig model = PLAIN.with(new MiniCpmParametrization(16, 0.1, 12, 1.4));
    assertThat(Multipliers.of(model)).isEqualTo(new Multipliers(12f, 0.7f, 0.25f, 0.25f));
  }

  @Test
  void powerDividesScoresByTheHeadSizeAndLogitsByTheWidthRatio() {
    ModelConfig model = PLAIN.with(PowerParametrization.of(16, 64, 4, 16));
    assertThat(Multipliers.of(model)).isEqualTo(new Multipliers(12f, 0.7f, 0.0625f, 0.25f));
  }

  @Test
  void withoutOneThereAreNoMultipliersButTheUsualScoresAndOneLearningRate() {
    assertThat(Multipliers.of(PLAIN)).isEqualTo(new Multipliers(1f, 1f, 0.25f, 1f));
    assertThat(ParameterLayout.of(PLAIN).tensors())
        .allSatisfy(tensor -> assertThat(tensor.learningRate()).isEqualTo(1));
  }

  @Test
  void matricesOfLayersLearnByTheWidthRatioAndAllElseAtTheRateOfTheSchedule() {
    ModelConfig model = PLAIN.with(PowerParametrization.of(16, 64, 4, 16));
    for (TensorSpec tensor : ParameterLayout.of(model).tensors()) {
      boolean hidden = tensor.name().contains("_proj");
      assertThat(tensor.learningRate()).as(tensor.name()).isEqualTo(hidden ? 0.25 : 1);
    }
  }

  @Test
  void firstWeightsHaveTheDeviationOfTheirRole() {
    ModelConfig model = PLAIN.with(new MiniCpmParametrization(16, 0.1, 12, 1.4));
    Tensors first = new Llama(model, new ScalarKernels()).initial(SEED);
    for (int i = 0; i < first.layout().tensors().size(); i++) {
      TensorSpec tensor = first.layout().tensors().get(i);
      if (tensor.decays()) {
        double expected = tensor.name().contains("_proj") ? 0.1 / 2 : 0.1;
        assertThat(deviation(first.of(i)))
            .as("%s seed %d", tensor.name(), SEED)
            .isCloseTo(expected, within(0.06 * expected));
      }
    }
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void aTensorWithAShareOfTheLearningRateIsUpdatedAsIfTheScheduleSaidSo() {
    ModelConfig scaled = PLAIN.with(PowerParametrization.of(16, 64, 4, 16));
    Tensors shared = updated(scaled, 1e-2);
    Tensors quarter = updated(PLAIN, 0.25e-2);
    Tensors whole = updated(PLAIN, 1e-2);
    for (int i = 0; i < shared.layout().tensors().size(); i++) {
      TensorSpec tensor = shared.layout().tensors().get(i);
      assertThat(shared.of(i))
          .as(tensor.name())
          .containsExactly((tensor.name().contains("_proj") ? quarter : whole).of(i));
    }
  }

  private static Tensors updated(ModelConfig config, double learningRate) {
    ParameterLayout layout = ParameterLayout.of(config);
    Tensors parameters = Tensors.zeros(layout);
    Tensors gradients = Tensors.zeros(layout);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < layout.tensors().size(); i++) {
      for (int j = 0; j < parameters.of(i).length; j++) {
        parameters.of(i)[j] = (float) random.nextGaussian();
        gradients.of(i)[j] = (float) random.nextGaussian();
      }
    }
    var kernels = new ScalarKernels();
    long middle = layout.size() / 3; // two owners, as in a run of two workers
    new AdamW(AdamWConfig.defaults(), layout, kernels, 0, middle)
        .update(parameters, gradients, 1, learningRate, 1f);
    new AdamW(AdamWConfig.defaults(), layout, kernels, middle, layout.size())
        .update(parameters, gradients, 1, learningRate, 1f);
    return parameters;
  }

  @Test
  void theJsonFormIsTheOldOneWithoutAndComesBackWith() throws JsonProcessingException {
    var mapper = new ObjectMapper();
    assertThat(mapper.writeValueAsString(PLAIN))
        .endsWith("\"rmsNormEpsilon\":1.0E-5,\"tiedEmbeddings\":false}");
    for (Parametrization parametrization :
        new Parametrization[] {
          new StandardParametrization(),
          new MiniCpmParametrization(16, 0.1, 12, 1.4),
          PowerParametrization.of(16, 64, 4, 16)
        }) {
      ModelConfig model = PLAIN.with(parametrization);
      String json = mapper.writeValueAsString(model);
      assertThat(mapper.readValue(json, ModelConfig.class)).isEqualTo(model);
    }
  }

  @Test
  void strangeConstantsAreRefused() {
    assertThatThrownBy(() -> new MiniCpmParametrization(0, 0.1, 12, 1.4))
        .hasMessageContaining("model.parametrization.base-width is 0.0, must be above 0");
    assertThatThrownBy(() -> new PowerParametrization(256, 0.1, 12, -1, 1, 1))
        .hasMessageContaining("model.parametrization.residual-multiplier is -1.0");
    ModelConfig wideHeads = new ModelConfig(300, 64, 4, 4, 2, 32, 96, 32, 10_000, 1e-5, false);
    assertThatThrownBy(() -> wideHeads.with(MiniCpmParametrization.defaults()))
        .hasMessageContaining("know no head-size")
        .hasMessageContaining("4 heads of 32 are not 64");
  }
}
