package io.gristmill.mixing.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.mixture.Weight;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureDesignTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final List<Weight> LINES = lines(0.6, 0.3, 0.1);
  private static final List<Double> ALL = List.of(1.0, 1.0, 1.0);

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 16, 200})
  void mixturesAreDifferentSumToOneAndBeginWithTheConfiguredOne(int count) {
    List<List<Double>> mixtures = mixtures(design(count, 3), ALL);
    assertThat(mixtures).as("seed=%d", SEED).hasSize(count).doesNotHaveDuplicates();
    assertThat(mixtures.getFirst()).containsExactly(0.6, 0.3, 0.1);
    assertThat(mixtures)
        .as("seed=%d", SEED)
        .allSatisfy(
            own -> {
              assertThat(own).allMatch(share -> share >= 0.001);
              assertThat(
                      own.stream().map(BigDecimal::valueOf).reduce(BigDecimal::add).orElseThrow())
                  .isEqualByComparingTo("1");
            });
    assertThat(mixtures(design(count, 3), ALL)).isEqualTo(mixtures);
  }

  @Test
  void moreMixturesAddToThoseOfFewer() {
    assertThat(mixtures(design(20, 0), ALL).subList(0, 8)).isEqualTo(mixtures(design(8, 0), ALL));
  }

  @Test
  void mixturesLieAroundTheWeights() {
    List<List<Double>> mixtures = mixtures(design(3000, 0), ALL);
    for (int line = 0; line < 3; line++) {
      int j = line;
      double mean = mixtures.stream().mapToDouble(own -> own.get(j)).average().orElseThrow();
      // a share varies by less than 0.5, so its mean over 3,000 by less than 0.01; duplicates at
      // the corners are drawn again, which moves the mean a little more
      assertThat(mean).as("seed=%d", SEED).isCloseTo(LINES.get(j).weight(), within(0.1));
    }
  }

  @Test
  void noMixtureNeedsMoreTextThanThereIs() {
    List<Double> most = List.of(0.7, 1.0, 0.2);
    assertThat(mixtures(design(50, 10), most))
        .allSatisfy(own -> assertThat(own.get(0) <= 0.7 && own.get(2) <= 0.2).isTrue());
    assertThatThrownBy(() -> mixtures(design(5, 0), List.of(0.001, 0.001, 0.001)))
        .hasMessageContaining("only 1 of 5 mixtures around 0.6/0.3/0.1")
        .hasMessageContaining("lower ablate.tokens or raise mixture.max-epochs");
  }

  @Test
  void foretoldMixturesAreNewAndWithinThoseTrained() {
    MixtureDesign design = design(6, 20);
    List<List<Double>> trained = mixtures(design, ALL);
    List<List<Double>> foretold =
        design.foretold("s", LINES, ALL).stream().map(Trial::weights).toList();
    assertThat(foretold).hasSize(20).doesNotContainAnyElementsOf(trained);
    assertThat(foretold).allMatch(own -> Shares.within(own, Shares.ranges(trained)));
  }

  @Test
  void aLineWithoutWeightIsMeasuredButNotTrainedOn() {
    var design = new MixtureDesign(5, 0, List.of(0.0, 0.0, 2.0), List.of(1L), SEED);
    List<Weight> lines = lines(0.5, 0.5, 0);
    design.check(lines);
    assertThat(design.objective(lines)).containsExactly(0.0, 0.0, 1.0);
    assertThat(design.trials("s", lines, List.of(1.0, 1.0, 0.0)))
        .allMatch(own -> own.weights().get(2) == 0);
  }

  @Test
  void eachSeedTrainsEachMixture() {
    var design = new MixtureDesign(4, 0, List.of(), List.of(3L, 4L), SEED);
    List<Trial> trials = design.trials("s", LINES, ALL);
    assertThat(trials).hasSize(8);
    assertThat(trials.get(4).label()).isEqualTo("s, mixture 1 (0.6/0.3/0.1), seed 4");
    assertThat(trials.get(5).weights()).isEqualTo(trials.get(1).weights());
  }

  @Test
  void designsThatCannotAnswerAreRefused() {
    assertThatThrownBy(() -> design(3, 0).check(LINES))
        .hasMessageContaining("ablate.mixtures is 3, must be at least 4 for 3 lines")
        .hasMessageContaining("the mixing law needs 5, and about 12 give");
    assertThatThrownBy(() -> new MixtureDesign(9, 0, List.of(1.0), List.of(1L), SEED).check(LINES))
        .hasMessageContaining("ablate.objective has 1 numbers, must have 3");
    assertThatThrownBy(() -> design(9, 0).check(lines(0.5, 0.5, 0)))
        .hasMessageContaining("line2/en has weight 0 and does not count");
    assertThatThrownBy(() -> design(9, -1)).hasMessageContaining("predict-mixtures is -1");
    assertThatThrownBy(() -> new MixtureDesign(9, 0, List.of(0.0, 0.0), List.of(1L), SEED))
        .hasMessageContaining("ablate.objective is [0.0, 0.0]");
    assertThatThrownBy(() -> new MixtureDesign(9, 0, List.of(), List.of(1L, 1L), SEED))
        .hasMessageContaining("ablate.seeds is [1, 1]");
  }

  private static MixtureDesign design(int mixtures, int predicted) {
    return new MixtureDesign(mixtures, predicted, List.of(), List.of(1L), SEED);
  }

  private static List<List<Double>> mixtures(MixtureDesign design, List<Double> most) {
    return design.trials("s", LINES, most).stream().map(Trial::weights).toList();
  }

  private static List<Weight> lines(double... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> new Weight("line" + i, "en", weights[i]))
        .toList();
  }
}
