package io.gristmill.mixing.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.mixture.Weight;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixtureAnalysisTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final List<Weight> LINES =
      List.of(new Weight("web", "en", 0.8), new Weight("web", "zh*", 0.2));
  private static final List<Double> ALL = List.of(1.0, 1.0);

  /** 0.5 e^(-2 r) + 0.5 e^(-2 (1 - r)) is least where both are alike. */
  private static final List<Double> EVEN = List.of(0.5, 0.5);

  @Test
  void theKnownBestMixtureIsFound() {
    MixtureFindings findings = findings(16, 4, List.of(1L, 2L), 0.002);
    MixtureAdvice advice = findings.advice();
    assertThat(advice.recommended().weights().getFirst()).isCloseTo(0.5, within(0.05));
    assertThat(advice.shares().getFirst().contains(0.5)).as("seed=%d", SEED).isTrue();
    double truth = objective(0.8) - objective(0.5);
    assertThat(advice.gain()).as("seed=%d", SEED).isCloseTo(truth, within(0.01));
    assertThat(advice.improvement().low()).isPositive();
    assertThat(advice.better()).isEqualTo(1);
    assertThat(findings.laws()).allMatch(own -> own instanceof LineLaw.Curved);
    assertThat(findings.laws()).allMatch(own -> own.rSquared() > 0.99);
  }

  @Test
  void theLawsPutForetoldMixturesInTheirOrder() {
    MixtureDesign design = design(16, 6, List.of(1L, 2L));
    MixtureFindings findings = findings(16, 6, List.of(1L, 2L), 0.0001);
    ForetoldMixtures checked =
        ForetoldMixtures.of(findings, measures(design.foretold("s", LINES, ALL), 0));
    assertThat(checked.checked()).hasSize(6);
    assertThat(checked.meanAbsoluteError()).isLessThan(0.002);
    assertThat(checked.ranks()).isGreaterThan(0.8);
    assertThat(ForetoldMixtures.of(findings, List.of()).ranks()).isNaN();
  }

  @Test
  void tooFewMixturesGiveAStraightLineAndSayHowManyWouldDo() {
    MixtureFindings findings = findings(3, 0, List.of(1L), 0);
    assertThat(findings.laws())
        .allSatisfy(
            own ->
                assertThat(own)
                    .isInstanceOfSatisfying(
                        LineLaw.Linear.class,
                        linear -> assertThat(linear.why()).contains("4 are the least")));
    assertThat(findings.cautions())
        .anySatisfy(own -> assertThat(own).contains("predicted by a straight line"));
    assertThat(findings.cautions().getFirst()).startsWith("one seed");
  }

  @Test
  void whereChanceIsLargerThanTheDifferencesTheReaderIsTold() {
    MixtureFindings findings = findings(8, 0, List.of(1L, 2L), 2);
    assertThat(findings.cautions()).as("seed=%d", SEED).anyMatch(own -> own.contains("explains"));
    assertThat(findings.cautions().getFirst()).startsWith("seeds differ by up to ");
  }

  @Test
  void theSameLossesGiveTheSameFindings() {
    MixtureAdvice one = findings(8, 2, List.of(1L), 0.01).advice();
    assertThat(findings(8, 2, List.of(1L), 0.01).advice()).isEqualTo(one);
  }

  private static MixtureDesign design(int mixtures, int predicted, List<Long> seeds) {
    return new MixtureDesign(mixtures, predicted, EVEN, seeds, 11);
  }

  private static MixtureFindings findings(
      int mixtures, int predicted, List<Long> seeds, double noise) {
    MixtureDesign design = design(mixtures, predicted, seeds);
    return MixtureAnalysis.of(
        "s",
        LINES,
        design.objective(LINES),
        List.of(),
        measures(design.trials("s", LINES, ALL), noise),
        design.foretold("s", LINES, ALL),
        100,
        1);
  }

  private static List<Measure> measures(List<Trial> trials, double noise) {
    var random = new Random(SEED);
    return trials.stream()
        .map(
            own ->
                new Measure(
                    own,
                    1000,
                    List.of(
                        loss(own.weights().get(0)) + noise * random.nextGaussian(),
                        loss(own.weights().get(1)) + noise * random.nextGaussian())))
        .toList();
  }

  private static double loss(double share) {
    return 5 + Math.exp(-2 * share);
  }

  private static double objective(double first) {
    return (loss(first) + loss(1 - first)) / 2;
  }
}
