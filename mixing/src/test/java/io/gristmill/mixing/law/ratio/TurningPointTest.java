package io.gristmill.mixing.law.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Law;
import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TurningPointTest {
  private static final double LAMBDA = 1000;

  private static Fit fit(Law law, DoubleUnaryOperator loss) {
    var observations = new ArrayList<Observation>();
    for (double tokens = 1; tokens <= 100; tokens *= 1.25) {
      observations.add(new Observation(loss.applyAsDouble(tokens), tokens));
    }
    observations.add(new Observation(loss.applyAsDouble(100), 100));
    return law.fit(observations);
  }

  private static final Fit DOMAIN =
      fit(DomainLossLaw.LAW, tokens -> 0.5 * Math.pow(tokens, -0.3) + 1.4);

  /** Rises as a square root, falls as a line: highest at ((.5 rise) / fall)^2 tokens. */
  private static Fit general(double rise, double fall) {
    return fit(GeneralLossLaw.LAW, tokens -> rise * Math.sqrt(tokens) - fall * tokens + 2);
  }

  @Test
  void theLawsOverTokensGiveTheirParametersBack() {
    assertThat(DOMAIN.value("s1")).isCloseTo(-0.3, within(1e-4));
    assertThat(DOMAIN.value("a1")).isCloseTo(0.5, within(1e-4));
    assertThat(DOMAIN.value("b1")).isCloseTo(1.4, within(1e-4));
    Fit general = general(0.02, 0.002);
    for (Observation own : general.observations()) {
      assertThat(general.predict(own.inputs())).isCloseTo(own.value(), within(1e-6));
    }
  }

  @Test
  void trainingTurnsWhereTheLossesTogetherAreHighest() {
    // Of the general loss alone at 25 tokens; the domain's fall brings it a little forward.
    TurningPoint turning = TurningPoint.of(DOMAIN, general(0.02, 0.002), LAMBDA);
    assertThat(turning).isInstanceOf(TurningPoint.At.class);
    assertThat(((TurningPoint.At) turning).tokens()).isCloseTo(25, withinPercentage(1));
    TurningPoint sooner = TurningPoint.of(DOMAIN, general(0.02, 0.002), 10);
    assertThat(((TurningPoint.At) sooner).tokens()).isBetween(15.0, 20.0);
  }

  @Test
  void trainingThatFallsOrRisesThroughoutSaysSo() {
    assertThat(TurningPoint.of(DOMAIN, general(0.001, 0.002), LAMBDA))
        .isEqualTo(new TurningPoint.FromTheStart());
    assertThat(TurningPoint.of(DOMAIN, general(0.05, 0.002), LAMBDA))
        .isEqualTo(new TurningPoint.NotYet(100));
  }

  @Test
  void theCriticalRatioIsBetweenTheLastThatTurnsAndTheFirstThatDoesNot() {
    var tried = new TreeMap<Double, TurningPoint>();
    tried.put(0.125, new TurningPoint.FromTheStart());
    tried.put(0.25, new TurningPoint.At(40));
    assertThat(CriticalRatio.turned(tried)).isEqualTo(new CriticalRatio.AllFeasible(0.25));
    tried.put(0.5, new TurningPoint.NotYet(100));
    assertThat(CriticalRatio.turned(tried)).isEqualTo(new CriticalRatio.Between(0.25, 0.5));
    assertThat(CriticalRatio.turned(tried.tailMap(0.5)))
        .isEqualTo(new CriticalRatio.NoneFeasible(0.5));
    tried.put(0.75, new TurningPoint.At(50));
    assertThatThrownBy(() -> CriticalRatio.turned(tried))
        .hasMessageContaining("ratio 0.75 has turned and the smaller 0.5 has not");
  }

  @Test
  void theCriticalRatioGrowsWithTheTokensByItsLaw() {
    // General losses that turn at ((.5 rise) / .002)^2 tokens; the ratio is what makes them rise.
    var turned = new ArrayList<Observation>();
    for (double ratio : List.of(0.1, 0.15, 0.2, 0.25, 0.3)) {
      TurningPoint turning = TurningPoint.of(DOMAIN, general(0.1 * ratio, 0.002), 1e9);
      turned.add(new Observation(ratio, ((TurningPoint.At) turning).tokens()));
    }
    Fit law = CriticalRatioLaw.LAW.fit(turned);
    assertThat(law.value("s4")).isCloseTo(0.5, within(0.01)); // tokens = (25 ratio)^2
    assertThat(law.value("a4")).isCloseTo(0.04, within(0.002));
    assertThat(law.reaching("tokens", 100).predict(100)).isCloseTo(0.4, within(0.005));
  }
}
