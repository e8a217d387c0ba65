package io.gristmill.mixing.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExponentiatedWeightsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void aStepMultipliesByTheExponentialOfTheScoreAndKeepsTheFloor() {
    // By hand: e^(ln 2) 0.5 = 1 and e^0 0.5 = 0.5 are 2/3 and 1/3; c = 0.3 takes 0.3 of them and
    // gives 0.15 to each.
    var weights = new ExponentiatedWeights(1, 0.3).next(List.of(0.5, 0.5), List.of(ln2(), 0.0));
    assertThat(weights.get(0)).isCloseTo(0.7 * 2 / 3 + 0.15, within(1e-15));
    assertThat(weights.get(1)).isCloseTo(0.7 / 3 + 0.15, within(1e-15));
  }

  @Test
  void etaScalesTheScoreAndOnlyDifferencesCount() {
    // eta 2: weights 0.2 * 4, 0.3 * 1, 0.5 / 4 over their sum 1.225
    var rule = new ExponentiatedWeights(2, 1e-4);
    List<Double> before = List.of(0.2, 0.3, 0.5);
    var weights = rule.next(before, List.of(ln2(), 0.0, -ln2()));
    assertThat(weights.get(0)).isCloseTo(0.9999 * 0.8 / 1.225 + 1e-4 / 3, within(1e-15));
    assertThat(weights.get(1)).isCloseTo(0.9999 * 0.3 / 1.225 + 1e-4 / 3, within(1e-15));
    assertThat(weights.get(2)).isCloseTo(0.9999 * 0.125 / 1.225 + 1e-4 / 3, within(1e-15));
    var moved = rule.next(before, List.of(ln2() + 5, 5.0, 5 - ln2()));
    for (int i = 0; i < 3; i++) {
      assertThat(moved.get(i)).isCloseTo(weights.get(i), within(1e-14));
    }
  }

  /**
   * The domains, first weights and 1.3B targets of LLM-Shearing. A model that is one nat above the
   * target everywhere keeps its weights; one that has reached it everywhere but in c4 moves to c4,
   * as the published weights after pruning did (0.15 to 0.68, GitHub 0.045 to 0.0002).
   */
  @Test
  void shearedLlamaMovesToTheDomainThatIsBehindItsTarget() {
    List<Double> first = List.of(0.67, 0.045, 0.045, 0.02, 0.045, 0.025, 0.15);
    List<Double> targets = List.of(1.9643, 0.7459, 2.1393, 1.6117, 1.7590, 1.4449, 2.1251);
    var rule = new ExponentiatedWeights(1, 1e-4);
    var same = rule.next(first, scores(targets, List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)));
    for (int i = 0; i < 7; i++) {
      assertThat(same.get(i)).isCloseTo(0.9999 * first.get(i) + 1e-4 / 7, within(1e-12));
    }
    List<Double> weights = first;
    List<Double> excess = List.of(0.0, -0.5, 0.0, -0.1, -0.1, -0.2, 0.25);
    for (int step = 0; step < 10; step++) {
      weights = rule.next(weights, scores(targets, excess));
    }
    assertThat(weights.get(6)).isGreaterThan(0.6);
    assertThat(weights.get(0)).isLessThan(0.3);
    assertThat(weights.get(1)).isBetween(1e-4 / 7, 1e-3);
  }

  @Test
  void noComponentFallsBelowTheFloorAndOneOfWeightZeroStaysOut() {
    var rule = new ExponentiatedWeights(1, 1e-4);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Double> weights = List.of(0.5, 0.0, 0.25, 0.25);
    for (int step = 0; step < 1000; step++) {
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        scores.add(random.nextDouble(-800, 800));
      }
      weights = rule.next(weights, scores);
      assertThat(weights.get(1)).isZero();
      assertThat(weights.get(0) + weights.get(2) + weights.get(3)).isCloseTo(1, within(1e-12));
      for (int i : new int[] {0, 2, 3}) {
        assertThat(weights.get(i)).as("seed=%d", SEED).isGreaterThanOrEqualTo(1e-4 / 3);
      }
    }
  }

  @Test
  void whatIsNoRuleOrNoScoreIsRefused() {
    assertThatThrownBy(() -> new ExponentiatedWeights(0, 1e-4))
        .hasMessage("eta is 0.0, must be above 0 and at most 1000; 1 is usual");
    assertThatThrownBy(() -> new ExponentiatedWeights(1, 0))
        .hasMessage("floor is 0.0, must be above 0 and below 1; 1e-4 is usual");
    assertThatThrownBy(
            () ->
                new ExponentiatedWeights(1, 1e-4).next(List.of(0.5, 0.5), List.of(1.0, Double.NaN)))
        .hasMessageContaining("NaN of component 1 is not a finite number");
  }

  private static List<Double> scores(List<Double> targets, List<Double> excess) {
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      double loss = targets.get(i) + excess.get(i);
      scores.add(loss - targets.get(i));
    }
    return scores;
  }

  private static double ln2() {
    return Math.log(2);
  }
}
