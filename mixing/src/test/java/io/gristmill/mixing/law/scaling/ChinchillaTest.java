package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.LawData;
import io.gristmill.mixing.law.LawTable;
import io.gristmill.mixing.law.fit.Bootstrap;
import io.gristmill.mixing.law.fit.ExtrapolationException;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChinchillaTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /** All points, those with the fewest tokens a parameter first. */
  private static List<Observation> published() {
    return LawData.rows("chinchilla-points").stream()
        .map(
            row ->
                new Observation(
                    row.number("loss"), row.number("params"), row.number("tokens_derived")))
        .sorted(Comparator.comparingDouble(own -> own.inputs()[1] / own.inputs()[0]))
        .toList();
  }

  @Test
  @Tag("shared")
  void theRefitOfThePublishedPointsIsReproduced() {
    List<Observation> points = published();
    Fit fit = Chinchilla.LAW.fit(points.subList(5, points.size()));
    LawTable.row(
        "Chinchilla, 240 points: E, A, B, alpha, beta, exponent",
        "1.8172, 482.01, 2085.43, .3478, .3658, .5126",
        coefficients(fit));
    assertThat(fit.value("E")).isCloseTo(1.8172, within(0.002));
    assertThat(fit.value("A")).isCloseTo(482.01, withinPercentage(3));
    assertThat(fit.value("B")).isCloseTo(2085.43, withinPercentage(3));
    assertThat(fit.value("alpha")).isCloseTo(0.3478, within(0.001));
    assertThat(fit.value("beta")).isCloseTo(0.3658, within(0.002));
    assertThat(LossSurface.of(fit).sizeExponent()).isCloseTo(0.5126, within(0.002));
    assertThat(fit.identifiability().undetermined()).isEmpty();
  }

  @Test
  @Tag("shared")
  void theOutliersChangeTheExponentOfTheTokens() {
    Fit fit = Chinchilla.LAW.fit(published());
    LawTable.row(
        "Chinchilla, all 245 points: E, A, B, alpha, beta, exponent",
        "worked out before: 1.8913, alpha .3493, beta .4530",
        coefficients(fit));
    assertThat(fit.value("E")).isCloseTo(1.8913, within(0.001));
    assertThat(fit.value("alpha")).isCloseTo(0.3493, within(0.001));
    assertThat(fit.value("beta")).isCloseTo(0.4530, within(0.001));
  }

  private static String coefficients(Fit fit) {
    return "%.4f, %.2f, %.2f, %.4f, %.4f, %.4f"
        .formatted(
            fit.value("E"),
            fit.value("A"),
            fit.value("B"),
            fit.value("alpha"),
            fit.value("beta"),
            LossSurface.of(fit).sizeExponent());
  }

  private static List<Observation> synthetic(double noise) {
    var truth = new LossSurface(1.8, 480, 0.35, 2000, 0.37);
    var random = new Random(SEED);
    var observations = new ArrayList<Observation>();
    for (double parameters = 1e7; parameters < 2e9; parameters *= 2) {
      for (double tokens = 2e8; tokens < 5e10; tokens *= 2.5) {
        double loss = truth.loss(parameters, tokens) * Math.exp(noise * random.nextGaussian());
        observations.add(new Observation(loss, parameters, tokens));
      }
    }
    return observations;
  }

  @Test
  void knownParametersLieInTheIntervals() {
    Fit fit = Chinchilla.LAW.fit(synthetic(0.002));
    Bootstrap bootstrap = fit.bootstrap(100, SEED);
    assertThat(bootstrap.interval("E", 0.99).contains(1.8)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("alpha", 0.99).contains(0.35)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("beta", 0.99).contains(0.37)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("alpha", 0.99).width()).isLessThan(0.1);
    assertThat(fit.bootstrap(100, SEED).fits().getLast().values())
        .containsExactly(bootstrap.fits().getLast().values());
    assertThat(fit.identifiability().undetermined()).isEmpty();
  }

  @Test
  void exactLossesGiveTheParametersBack() {
    Fit fit = Chinchilla.LAW.fit(synthetic(0));
    assertThat(fit.value("E")).isCloseTo(1.8, within(1e-5));
    assertThat(fit.value("A")).isCloseTo(480, within(0.05));
    assertThat(fit.value("beta")).isCloseTo(0.37, within(1e-5));
    assertThat(fit.rSquared()).isCloseTo(1, within(1e-9));
  }

  @Test
  void anExponentThatTheRunsCannotTellIsNamed() {
    List<Observation> oneSize =
        synthetic(0.002).stream().filter(own -> own.inputs()[0] == 1e7).toList();
    List<String> undetermined = Chinchilla.LAW.fit(oneSize).identifiability().undetermined();
    assertThat(undetermined).contains("E", "A", "alpha").doesNotContain("beta");
  }

  @Test
  void aLargerModelThanAnyIsRefusedUnlessAllowed() {
    Fit fit = Chinchilla.LAW.fit(synthetic(0));
    assertThatThrownBy(() -> fit.predict(7e9, 1e10))
        .isInstanceOf(ExtrapolationException.class)
        .hasMessageContaining("Chinchilla: parameters 7.0E9 is outside of 1.0E7 to 1.28E9");
    assertThat(fit.reaching("parameters", 7e9).predict(7e9, 1e10))
        .isCloseTo(1.8 + 480 / Math.pow(7e9, 0.35) + 2000 / Math.pow(1e10, 0.37), within(1e-4));
  }

  @Test
  void tooFewRunsAreRefusedWithTheNumberThatSuffices() {
    assertThatThrownBy(() -> Chinchilla.LAW.fit(synthetic(0).subList(0, 5)))
        .hasMessageContaining(
            "has 5 parameters, so 5 different points are too few; 6 are the least");
  }

  @Test
  void theOptimumHasTheLeastLossOfItsCompute() {
    var surface = new LossSurface(1.8, 480, 0.35, 2000, 0.37);
    LossSurface.Allocation best = surface.optimum(1e21);
    assertThat(6 * best.parameters() * best.tokens()).isCloseTo(1e21, withinPercentage(1e-9));
    double least = surface.loss(best.parameters(), best.tokens());
    for (double factor : new double[] {0.9, 0.99, 1.01, 1.1}) {
      assertThat(surface.loss(best.parameters() * factor, best.tokens() / factor))
          .isGreaterThan(least);
    }
  }
}
