package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinHashTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private final MinHash minHash = new MinHash(MinHashConfig.defaults());

  @ParameterizedTest
  @CsvSource({"10, 10", "20, 180", "300, 700", "700, 300", "50, 5", "5000, 2000"})
  void minimaAgreeAsOftenAsTheSetsOverlap(int shared, int only) {
    var random = new SplittableRandom(SEED);
    int trials = 200;
    long agreeing = 0;
    long total = 0;
    for (int trial = 0; trial < trials; trial++) {
      int[] a = new int[shared + only / 2];
      int[] b = new int[shared + only / 2];
      for (int i = 0; i < a.length; i++) {
        a[i] = random.nextInt();
        b[i] = i < shared ? a[i] : random.nextInt();
      }
      int[] x = minHash.signature(a);
      int[] y = minHash.signature(b);
      for (int i = 0; i < x.length; i++) {
        agreeing += x[i] == y[i] ? 1 : 0;
      }
      total += x.length;
    }
    double jaccard = (double) shared / (shared + 2 * (only / 2));
    assertThat((double) agreeing / total).as("seed=%d", SEED).isCloseTo(jaccard, within(0.02));
  }

  @Test
  void orderAndRepeatsDoNotMatter() {
    assertThat(minHash.signature(new int[] {3, 1, 2, 1}))
        .containsExactly(minHash.signature(new int[] {1, 2, 3}));
  }

  @Test
  void anyNumberOfShinglesHasTheMinimaOfEach() {
    var random = new SplittableRandom(SEED);
    for (int count = 1; count < 20; count++) {
      int[] shingles = random.ints(count).toArray();
      int[] least = minHash.signature(new int[] {shingles[0]});
      for (int shingle : shingles) {
        int[] own = minHash.signature(new int[] {shingle});
        for (int i = 0; i < least.length; i++) {
          least[i] = Math.min(least[i], own[i]);
        }
      }
      assertThat(minHash.signature(shingles)).as("seed=%d", SEED).containsExactly(least);
    }
  }

  @Test
  void equalRowsInDifferentBandsAreDifferentKeys() {
    assertThat(minHash.bandKeys(new int[120])).doesNotHaveDuplicates().hasSize(20);
  }

  @Test
  void theCurveIsWhatTheConfigurationSays() {
    var config = MinHashConfig.defaults();
    assertThat(config.threshold()).isCloseTo(0.607, within(0.001));
    assertThat(config.chance(0.7)).isCloseTo(0.918, within(0.001));
    assertThat(config.chance(0.8)).isCloseTo(0.9977, within(0.0001));
  }

  @Test
  void aSimilarityOfZeroIsRefused() {
    assertThatThrownBy(() -> new MinHashConfig(6, 3, 20, 6, 0, 1, 50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minhash.similarity is 0.0, must be above 0 and at most 1; 0.7 is usual");
  }
}
