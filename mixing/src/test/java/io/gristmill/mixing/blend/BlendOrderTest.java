package io.gristmill.mixing.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlendOrderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 17, 32, 64, 128})
  void everyPrefixIsWithinTheBoundForRandomWeights(int components) {
    SplittableRandom random = new SplittableRandom(SEED + components);
    for (int trial = 0; trial < 6; trial++) {
      long[] weights = random.longs(components, 1, 1 + (1L << random.nextInt(1, 12))).toArray();
      assertWithinBound(weights, 20_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 128})
  void everyPrefixIsWithinTheBoundForAdversarialWeights(int components) {
    long[] dominant = new long[components]; // one takes almost everything
    Arrays.fill(dominant, 1);
    dominant[components / 2] = 50_000;
    assertWithinBound(dominant, 120_000);
    long[] geometric = new long[components];
    for (int i = 0; i < components; i++) {
      geometric[i] = 1L << Math.min(i, 12);
    }
    assertWithinBound(geometric, 100_000);
    long[] almostEqual = new long[components]; // many ties of deadlines
    Arrays.fill(almostEqual, 1000);
    almostEqual[0] = 1001;
    assertWithinBound(almostEqual, 100_000);
  }

  @Test
  void aMillionSlotsOfTheLongestPeriodStayWithinTheBound() {
    assertWithinBound(new long[] {BlendOrder.MAX_PERIOD - 1 - 333_333 - 7, 333_333, 7, 1}, 1 << 20);
  }

  @Test
  void twoEqualComponentsTakeTurns() {
    BlendOrder order = BlendOrder.of(5, 5);
    assertThat(LongStream.range(0, 6).mapToInt(order::component)).containsExactly(0, 1, 0, 1, 0, 1);
  }

  /** The example of docs/mixing.md. */
  @Test
  void theEarliestDeadlineTakesTheTurn() {
    BlendOrder order = BlendOrder.of(1, 2, 4);
    assertThat(LongStream.range(0, 8).mapToInt(order::component))
        .containsExactly(2, 1, 2, 2, 0, 1, 2, 2);
  }

  @Test
  void aComponentOfWeightZeroTakesNoTurn() {
    BlendOrder order = BlendOrder.of(0, 3, 1);
    for (long n = 0; n < 100; n++) {
      assertThat(order.component(n)).isNotZero();
    }
    assertThat(order.count(0, 100)).isZero();
    assertThat(order.count(1, 100)).isEqualTo(75);
  }

  @Test
  void slotsFarAwayAreReachedDirectly() {
    BlendOrder order = BlendOrder.of(1, 2, 4);
    long far = Long.MAX_VALUE / 8 * 7;
    assertThat(order.component(far + 3)).isEqualTo(order.component(3));
    assertThat(order.count(2, far)).isEqualTo(far / 7 * 4);
  }

  /** The order as it was before there were phases: nothing may move it. */
  @Test
  void theOrderOfConstantWeightsDoesNotChange() {
    for (int components : new int[] {1, 2, 3, 7, 40}) {
      SplittableRandom random = new SplittableRandom(SEED + components);
      long[] weights = random.longs(components, 0, 300).toArray();
      weights[components / 2]++;
      BlendOrder order = BlendOrder.of(weights);
      int[] plain = constant(weights, 20_000);
      for (int n = 0; n < plain.length; n++) {
        assertThat(order.component(n))
            .as("seed=%d weights=%s slot=%d", SEED, Arrays.toString(weights), n)
            .isEqualTo(plain[n]);
      }
    }
  }

  /** Tijdeman's rule for constant weights, written out. */
  private static int[] constant(long[] weights, int slots) {
    long sum = LongStream.of(weights).sum();
    long scale = Math.max(1, 2 * LongStream.of(weights).filter(w -> w > 0).count() - 2);
    long[] taken = new long[weights.length];
    int[] turns = new int[slots];
    for (int n = 0; n < slots; n++) {
      int chosen = -1;
      for (int i = 0; i < weights.length; i++) {
        boolean open = weights[i] > 0 && scale * (weights[i] * (n + 1L) - taken[i] * sum) >= sum;
        if (open
            && (chosen < 0
                || (scale * (taken[i] + 1) - 1) * weights[chosen]
                    < (scale * (taken[chosen] + 1) - 1) * weights[i])) {
          chosen = i;
        }
      }
      turns[n] = chosen;
      taken[chosen]++;
    }
    return turns;
  }

  @Test
  void weightsThatCannotBeBlendedAreRefused() {
    assertThatThrownBy(() -> BlendOrder.of(1, -2)).hasMessageContaining("-2 is negative");
    assertThatThrownBy(() -> BlendOrder.of(0, 0)).hasMessageContaining("all are 0");
    assertThatThrownBy(() -> BlendOrder.of(1, 1 << 20))
        .hasMessageContaining("sum to 1048577 when reduced, must be at most 1048576");
    assertThatThrownBy(() -> BlendOrder.of()).hasMessageContaining("a blend of 0 components");
  }

  /** |c_i(n) W - n w_i| (2K-2) <= W (2K-3) at every prefix, and component and count agree. */
  private static void assertWithinBound(long[] weights, int slots) {
    BlendOrder order = BlendOrder.of(weights);
    long sum = LongStream.of(weights).sum();
    int components = weights.length;
    long[] taken = new long[components];
    long worst = 0;
    for (long n = 1; n <= slots; n++) {
      int component = order.component(n - 1);
      assert order.count(component, n - 1) == taken[component];
      taken[component]++;
      for (int i = 0; i < components; i++) {
        worst = Math.max(worst, Math.abs(taken[i] * sum - n * weights[i]));
      }
      if (n % 4099 == 0) {
        assertThat(order.count(component, n)).isEqualTo(taken[component]);
      }
    }
    long scale = Math.max(1, 2L * components - 2);
    assertThat(worst * scale)
        .as("seed=%d weights=%s worst=%d/%d", SEED, Arrays.toString(weights), worst, sum)
        .isLessThanOrEqualTo(sum * (scale - 1));
  }
}
