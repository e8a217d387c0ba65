package io.gristmill.mixing.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProportionalOrderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30})
  void anEpochHoldsEverySequenceOnceAndEveryPrefixIsInProportion(int groups) {
    SplittableRandom random = new SplittableRandom(SEED + groups);
    for (int trial = 0; trial < 10; trial++) {
      long[] sizes = random.longs(groups, 0, 1 + (1L << random.nextInt(1, 11))).toArray();
      sizes[0]++;
      ProportionalOrder order = new ProportionalOrder(sizes);
      long[] taken = new long[groups];
      double worst = 0;
      for (long p = 0; p < order.total(); p++) {
        ProportionalOrder.Turn turn = order.at(p);
        assertThat(turn.index()).isEqualTo(taken[turn.group()]);
        taken[turn.group()]++;
        for (int g = 0; g < groups; g++) {
          double share = (double) sizes[g] / order.total();
          double excess = Math.abs(taken[g] - (p + 1) * share) - (0.5 + groups * share / 2);
          worst = Math.max(worst, excess);
        }
        int g = random.nextInt(groups);
        assertThat(order.count(g, p + 1)).isEqualTo(taken[g]);
      }
      assertThat(taken).isEqualTo(sizes);
      assertThat(worst)
          .as("seed=%d sizes=%s", SEED, Arrays.toString(sizes))
          .isLessThanOrEqualTo(1e-9);
    }
  }

  @Test
  void positionsOfTheLargestGroupsAreFoundDirectly() {
    long most = ProportionalOrder.MAX_SEQUENCES;
    ProportionalOrder order = new ProportionalOrder(most, most, 3);
    ProportionalOrder.Turn middle = order.at(most + 1);
    assertThat(middle).isEqualTo(new ProportionalOrder.Turn(2, 1));
    assertThat(order.at(order.total() - 1)).isEqualTo(new ProportionalOrder.Turn(1, most - 1));
    assertThatThrownBy(() -> order.at(order.total())).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
