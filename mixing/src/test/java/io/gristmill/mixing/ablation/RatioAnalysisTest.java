package io.gristmill.mixing.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.law.ratio.CriticalRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioAnalysisTest {
  private static final Losses BEFORE = new Losses(4.0, 5.0);
  private static final List<Double> RATIOS = List.of(0.0, 0.125, 0.25, 0.333, 0.5, 0.75, 1.0);
  private static final List<Double> TOLERANCES = List.of(0.01, 0.05, 0.1);
  private static final int MEASUREMENTS = 8;
  private static final long TOKENS = 1_000_000;

  @Test
  void theRatioOfEachToleranceIsFound() {
    RatioFindings findings = findings(measures(RATIOS, List.of(1L, 2L), 0.001));
    assertThat(findings.tolerated()).hasSize(3);
    for (ToleratedRatio own : findings.tolerated()) {
      // the general loss of the made-up trainings is BEFORE - 0.02 + 0.2 R^1.7
      double truth = Math.pow((own.tolerance() + 0.02) / 0.2, 1 / 1.7);
      assertThat(own.last().ratio())
          .isInstanceOfSatisfying(
              CriticalRatio.Found.class,
              found -> assertThat(found.ratio()).isCloseTo(truth, within(0.02)));
      assertThat(own.last().interval().contains(truth)).as("tolerance %s", own).isTrue();
      assertThat(own.last().interpolated())
          .isInstanceOfSatisfying(
              CriticalRatio.Found.class,
              found -> assertThat(found.ratio()).isCloseTo(truth, within(0.03)));
      assertThat(own.answers()).hasSize(MEASUREMENTS);
    }
  }

  @Test
  void theLawForetellsARatioThatWasNotTrained() {
    RatioFindings findings = findings(measures(RATIOS, List.of(1L, 2L), 0.001));
    Prediction prediction = findings.predictions().getFirst();
    Losses truth = losses(0.4, TOKENS, 0);
    assertThat(prediction.ratio()).isEqualTo(0.4);
    assertThat(Math.abs(prediction.error(truth).general())).isLessThan(0.005);
    assertThat(Math.abs(prediction.error(truth).domain())).isLessThan(0.005);
  }

  @Test
  void whereAllOrNoneIsFeasibleNoCriticalRatioIsInvented() {
    List<RatioMeasure> measures = measures(RATIOS.subList(1, 6), List.of(1L, 2L), 0);
    RatioFindings generous = findings(measures, List.of(0.5));
    assertThat(generous.tolerated().getFirst().last().ratio())
        .isEqualTo(new CriticalRatio.AllFeasible(0.75));
    RatioFindings harsh =
        RatioAnalysis.of(
            "s", List.of(new Losses(3.5, 5)), List.of(0.05), measures, List.of(), 100, 1);
    assertThat(harsh.tolerated().getFirst().last().ratio())
        .isEqualTo(new CriticalRatio.NoneFeasible(0.125));
  }

  @Test
  void whatWasMeasuredBeyondTheLawStillCounts() {
    // feasible up to .75, where the law ends; at 1 the general loss has gone up by 0.6
    RatioFindings findings = findings(measures(RATIOS, List.of(1L, 2L), 0), List.of(0.15));
    assertThat(findings.tolerated().getFirst().last().ratio())
        .isEqualTo(new CriticalRatio.Between(0.75, 1));
  }

  @Test
  void tooFewRatiosGiveNoLawAndSayHowManyWould() {
    RatioFindings findings = findings(measures(List.of(0.0, 0.25, 0.5, 1.0), List.of(1L, 2L), 0));
    assertThat(findings.general())
        .isInstanceOfSatisfying(
            LawOutcome.Refused.class, refused -> assertThat(refused.why()).contains("4"));
    assertThat(findings.predictions()).isEmpty();
    assertThat(findings.tolerated().getFirst().last().ratio())
        .isInstanceOf(CriticalRatio.Found.class); // on a straight line, and without an interval
    assertThat(findings.tolerated().getFirst().last().found()).isNaN();
    assertThat(findings.cautions()).anySatisfy(own -> assertThat(own).contains("has no law"));
  }

  @Test
  void oneSeedIsSaidToTellNothingOfChance() {
    assertThat(findings(measures(RATIOS, List.of(1L), 0.001)).cautions().getFirst())
        .startsWith("one seed");
    assertThat(findings(measures(RATIOS, List.of(1L, 2L), 0.001)).cautions().getFirst())
        .startsWith("seeds differ by up to 0.0");
  }

  @Test
  void aRatioThatAnotherBeatsInBothLossesIsNotOnTheFront() {
    List<RatioMeasure> measures = measures(RATIOS, List.of(1L, 2L), 0);
    List<RatioOutcome> outcomes = findings(measures).outcomes();
    assertThat(outcomes).filteredOn(own -> own.ratio() < 1).allMatch(RatioOutcome::onFront);
    var worse = new ArrayList<>(measures);
    worse.removeIf(own -> own.ratio() == 0.25);
    for (RatioMeasure own : measures) {
      if (own.ratio() == 0.25) {
        worse.add(new RatioMeasure(own.ratio(), own.seed(), own.tokens(), new Losses(4.9, 4.9)));
      }
    }
    assertThat(findings(worse).outcomes())
        .filteredOn(own -> !own.onFront())
        .extracting(RatioOutcome::ratio)
        .containsExactly(0.25);
  }

  @Test
  void withoutAModelToBeginWithTheSmallestRatioIsTheMeasure() {
    RatioFindings findings =
        RatioAnalysis.of(
            "s", List.of(), TOLERANCES, measures(RATIOS, List.of(1L, 2L), 0), List.of(), 100, 1);
    assertThat(findings.cautions().getFirst()).contains("changes are counted from R 0.0");
    assertThat(findings.outcomes().getFirst().change()).isEqualTo(new Losses(0, 0));
    // 0.2 R^1.7 above that of R = 0, times the progress
    double half = Math.pow(0.05 / 0.2 / 0.5, 1 / 1.7);
    assertThat(findings.tolerated().get(1).answers().get(MEASUREMENTS / 2 - 1).ratio())
        .isInstanceOfSatisfying(
            CriticalRatio.Found.class,
            found -> assertThat(found.ratio()).isCloseTo(half, within(0.01)));
  }

  @Test
  void theOrderOfTheTrainingsDoesNotMatter() {
    List<RatioMeasure> measures = measures(RATIOS, List.of(1L, 2L), 0.001);
    assertThat(findings(measures.reversed()).outcomes()).isEqualTo(findings(measures).outcomes());
  }

  @Test
  void twoSizesGiveNoLawOfTheSize() {
    assertThat(SizeLaw.of(List.of(), 2, 100, 1))
        .isInstanceOfSatisfying(
            LawOutcome.Refused.class,
            refused -> assertThat(refused.why()).startsWith("2 sizes: no law of the size"));
  }

  private static RatioFindings findings(List<RatioMeasure> measures) {
    return findings(measures, TOLERANCES);
  }

  private static RatioFindings findings(List<RatioMeasure> measures, List<Double> tolerances) {
    return RatioAnalysis.of("s", List.of(BEFORE), tolerances, measures, List.of(0.4), 100, 1);
  }

  private static List<RatioMeasure> measures(List<Double> ratios, List<Long> seeds, double noise) {
    var random = new SplittableRandom(7);
    var measures = new ArrayList<RatioMeasure>();
    for (long seed : seeds) {
      for (double ratio : ratios) {
        double chance = noise * (2 * random.nextDouble() - 1);
        for (int i = 1; i <= MEASUREMENTS; i++) {
          long tokens = TOKENS * i / MEASUREMENTS;
          measures.add(new RatioMeasure(ratio, seed, tokens, losses(ratio, tokens, chance)));
        }
      }
    }
    return measures;
  }

  private static Losses losses(double ratio, long tokens, double chance) {
    double progress = (double) tokens / TOKENS;
    double general = ratio == 1 ? 0.6 * progress : (0.2 * Math.pow(ratio, 1.7) - 0.02) * progress;
    double domain = ratio == 0 ? 0.02 : -0.5 - 1.8 * Math.pow(ratio, 0.3) * Math.pow(progress, 0.2);
    return new Losses(BEFORE.general() + general + chance, BEFORE.domain() + domain + chance);
  }
}
