package io.gristmill.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MuonTest {
  private static final long SEED = Long.getLong("tests.seed", 12);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new ModelConfig(23, 12, 2, 2, 1, 6, 20, 16, 10_000, 1e-5, false));
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.1;
  private static final double RATE = 0.02;
  private static final float SCALE = 0.25f;

  @Test
  void tablesOfTheVocabularyAndNormsAreNotItsMatrices() {
    assertThat(LAYOUT.hiddenMatrices()).hasSize(2 * 7);
    assertThat(LAYOUT.hiddenMatrices())
        .extracting(TensorSpec::name)
        .allMatch(name -> name.endsWith("_proj.weight"));
  }

  @Test
  void threeStepsAgreeWithTheFormulasInDouble() {
    Tensors parameters = normal(SEED);
    double[][][] expected = new double[LAYOUT.tensors().size()][][];
    double[][][] momentum = new double[LAYOUT.tensors().size()][][];
    for (int tensor = 0; tensor < expected.length; tensor++) {
      if (LAYOUT.isHiddenMatrix(tensor)) {
        expected[tensor] = matrix(parameters, tensor);
        momentum[tensor] = DoubleNewtonSchulz.combined(0, expected[tensor], 0, expected[tensor]);
      }
    }
    Muon muon = muon(0, LAYOUT.size());
    for (int step = 1; step <= 3; step++) {
      Tensors gradients = normal(SEED + step);
      for (int tensor = 0; tensor < expected.length; tensor++) {
        if (LAYOUT.isHiddenMatrix(tensor)) {
          reference(expected, momentum, tensor, matrix(gradients, tensor));
        }
      }
      update(muon, parameters, gradients);
    }
    for (int tensor = 0; tensor < expected.length; tensor++) {
      if (LAYOUT.isHiddenMatrix(tensor)) {
        double[][] actual = matrix(parameters, tensor);
        for (int row = 0; row < actual.length; row++) {
          assertThat(actual[row])
              .as("row %d of %s, seed %d", row, LAYOUT.tensors().get(tensor).name(), SEED)
              .containsExactly(expected[tensor][row], within(1e-5));
        }
      } else {
        assertThat(parameters.of(tensor)).containsExactly(normal(SEED).of(tensor));
      }
    }
  }

  @Test
  void momentumAndStepInPiecesGiveTheSameBits() {
    Tensors whole = normal(SEED);
    Tensors cut = normal(SEED);
    Muon one = muon(0, LAYOUT.size());
    long border = LAYOUT.size() / 3 + 5;
    Muon left = muon(0, border);
    Muon right = muon(border, LAYOUT.size());
    for (int step = 1; step <= 2; step++) {
      update(one, whole, normal(SEED + step));
      Tensors gradients = normal(SEED + step);
      direct(left, gradients);
      direct(right, gradients);
      orthogonalize(one, gradients);
      step(left, cut, gradients);
      step(right, cut, gradients);
    }
    for (int tensor = 0; tensor < LAYOUT.tensors().size(); tensor++) {
      assertThat(cut.of(tensor)).containsExactly(whole.of(tensor));
    }
  }

  @Test
  void momentumOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new MuonConfig(true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("optimizer.momentum is 1.0, must be at least 0 and below 1");
  }

  /** M = m M + G, W = (1 - r d) W - r 0.2 sqrt(max(rows, columns)) orthogonal(G + m M). */
  private static void reference(
      double[][][] weights, double[][][] momentum, int tensor, double[][] gradient) {
    double[][] scaled = DoubleNewtonSchulz.combined(SCALE, gradient, 0, gradient);
    momentum[tensor] = DoubleNewtonSchulz.combined(MOMENTUM, momentum[tensor], 1, scaled);
    double[][] factor =
        DoubleNewtonSchulz.of(DoubleNewtonSchulz.combined(1, scaled, MOMENTUM, momentum[tensor]));
    int longest = Math.max(factor.length, factor[0].length);
    weights[tensor] =
        DoubleNewtonSchulz.combined(
            1 - RATE * DECAY, weights[tensor], -RATE * 0.2 * Math.sqrt(longest), factor);
  }

  private static Muon muon(long from, long to) {
    List<Segment> hidden =
        Segment.of(LAYOUT, from, to).stream()
            .filter(part -> LAYOUT.isHiddenMatrix(part.tensor()))
            .toList();
    return new Muon(new MuonConfig(true, MOMENTUM), DECAY, LAYOUT, hidden);
  }

  private static void update(Muon muon, Tensors parameters, Tensors gradients) {
    direct(muon, gradients);
    orthogonalize(muon, gradients);
    step(muon, parameters, gradients);
  }

  private static void direct(Muon muon, Tensors gradients) {
    for (int i = 0; i < muon.segments().size(); i++) {
      muon.direct(i, gradients, SCALE);
    }
  }

  private static void orthogonalize(Muon muon, Tensors directions) {
    var work = new NewtonSchulz(new VectorKernels(), LAYOUT.hiddenMatrices());
    for (int tensor = 0; tensor < LAYOUT.tensors().size(); tensor++) {
      if (LAYOUT.isHiddenMatrix(tensor)) {
        muon.orthogonalize(tensor, directions, work);
      }
    }
  }

  private static void step(Muon muon, Tensors parameters, Tensors factors) {
    for (int i = 0; i < muon.segments().size(); i++) {
      muon.step(i, parameters, factors, RATE);
    }
  }

  private static double[][] matrix(Tensors tensors, int tensor) {
    List<Integer> shape = LAYOUT.tensors().get(tensor).shape();
    return DoubleNewtonSchulz.matrix(tensors.of(tensor), shape.get(0), shape.get(1));
  }

  private static Tensors normal(long seed) {
    var random = new SplittableRandom(seed);
    Tensors tensors = Tensors.zeros(LAYOUT);
    for (int tensor = 0; tensor < LAYOUT.tensors().size(); tensor++) {
      float[] values = tensors.of(tensor);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
    }
    return tensors;
  }
}
