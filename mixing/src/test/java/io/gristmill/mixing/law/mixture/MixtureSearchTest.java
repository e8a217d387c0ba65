package io.gristmill.mixing.law.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.law.fit.Range;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureSearchTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void theBestOfTheDrawnMixturesIsNearTheBest() {
    // The overall loss of two sets, one that wants much code and one that wants none, is least in
    // between: where 2 e^(-2 c) .5 = 3 e^(3 c) .05, c = ln(20/3)/5 = .379 with the rest news.
    Fit wants = MixingLaw.of(List.of("news", "code")).fit(two(-2, 0));
    Fit shuns = MixingLaw.of(List.of("news", "code")).fit(two(3, 0));
    var overall = new WeightedLoss(List.of(wants, shuns), List.of(0.5, 0.05));
    var search =
        new MixtureSearch(
            List.of(0.5, 0.5), List.of(new Range(0, 1), new Range(0, 1)), 20_000, 100, SEED);
    MixtureSearch.Recommendation best = search.recommend(overall);
    assertThat(best.shares().get(1)).isCloseTo(Math.log(20 / 3.0) / 5, within(0.01));
    assertThat(best.shares().get(0) + best.shares().get(1)).isCloseTo(1, within(1e-12));
    assertThat(search.recommend(overall)).isEqualTo(best);
  }

  private static List<Observation> two(double power, double least) {
    var observations = new ArrayList<Observation>();
    for (double code = 0; code <= 1; code += 0.0625) {
      observations.add(new Observation(1 + least + Math.exp(power * code), 1 - code, code));
    }
    return observations;
  }

  @Test
  void mixturesBeyondWhatWasTrainedAreNotRecommended() {
    var narrow =
        new MixtureSearch(
            List.of(0.5, 0.5), List.of(new Range(0.4, 0.6), new Range(0.4, 0.6)), 1000, 10, SEED);
    assertThat(narrow.recommend(shares -> shares[0]).shares().getFirst()).isBetween(0.4, 0.42);
    var elsewhere =
        new MixtureSearch(
            List.of(0.5, 0.5), List.of(new Range(2, 3), new Range(0, 1)), 1000, 10, SEED);
    assertThatThrownBy(() -> elsewhere.recommend(shares -> shares[0]))
        .hasMessageContaining("none of 1000 mixtures around [0.5, 0.5] is within what was trained");
  }
}
