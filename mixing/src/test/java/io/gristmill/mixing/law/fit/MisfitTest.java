package io.gristmill.mixing.law.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisfitTest {
  private static final double DELTA = 0.01;

  @ParameterizedTest
  @ValueSource(doubles = {-3, -0.011, -0.01, -0.009, 0, 0.002, 0.01, 0.5})
  void halfTheSquareOfTheRootIsTheHuberLoss(double residual) {
    double size = Math.abs(residual);
    double huber = size <= DELTA ? size * size / 2 : DELTA * (size - DELTA / 2);
    double root = Misfit.huber(DELTA).root(residual);
    assertThat(root * root / 2).isCloseTo(huber, within(1e-15));
    assertThat(Math.signum(root)).isEqualTo(Math.signum(residual));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.9, 7})
  void anObservationIsItsPredictionWithoutTheResidual(double observed) {
    for (Misfit misfit : new Misfit[] {Misfit.squares(), Misfit.huberOfLogarithms(DELTA)}) {
      assertThat(misfit.observed(2.5, misfit.residual(2.5, observed)))
          .isCloseTo(observed, within(1e-14));
    }
  }
}
