package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShingleSetTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void jaccardIsSharedOverAll() {
    assertThat(set(-3, 1, 2, 9).jaccard(set(11, 9, 2, 1), 0.5)).isCloseTo(0.6, within(1e-12));
    assertThat(set(1, 2, 1).jaccard(set(2, 1), 1)).isEqualTo(1);
  }

  @Test
  void jaccardBelowWhatIsAskedIsNotComputedToTheEnd() {
    assertThat(set(1, 2, 3, 4).jaccard(set(1, 2, 3, 5), 0.7)).isNegative();
    assertThat(set(1).jaccard(set(1, 2, 3, 4), 0.7)).isNegative();
    assertThat(set().jaccard(set(), 0.7)).isNegative();
  }

  @Test
  void whatIsAskedIsTheBoundary() {
    assertThat(set(1, 2, 3, 4, 5, 6, 7, 8, 9).jaccard(set(1, 2, 3, 4, 5, 6, 7, 10), 0.7))
        .isEqualTo(0.7);
  }

  @Test
  void randomSetsAgreeWithTheDefinition() {
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 2000; trial++) {
      Set<Integer> a = random(random);
      Set<Integer> b = random(random);
      var shared = new HashSet<>(a);
      shared.retainAll(b);
      double expected = (double) shared.size() / (a.size() + b.size() - shared.size());
      double least = random.nextDouble(0.05, 1);
      double actual = set(ints(a)).jaccard(set(ints(b)), least);
      assertThat(actual)
          .as("seed=%d trial=%d", SEED, trial)
          .isEqualTo(expected >= least ? expected : -1);
    }
  }

  @Test
  void bytesRoundTrip() {
    var set = set(5, -1, 5, 0, Integer.MAX_VALUE, Integer.MIN_VALUE);
    assertThat(set.size()).isEqualTo(5);
    assertThat(ShingleSet.fromBytes(set.bytes()).jaccard(set, 1)).isEqualTo(1);
  }

  private static Set<Integer> random(SplittableRandom random) {
    var set = new HashSet<Integer>();
    int size = 1 + random.nextInt(20);
    for (int i = 0; i < size; i++) {
      set.add(random.nextInt(25));
    }
    return set;
  }

  private static int[] ints(Set<Integer> values) {
    return values.stream().mapToInt(i -> i).toArray();
  }

  private static ShingleSet set(int... shingles) {
    return ShingleSet.of(shingles);
  }
}
