package io.gristmill.tokenization.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RehydrationTest {
  @Test
  void aSizeBelongsToTheLargestBoundUpToIt() {
    Rehydration fineweb =
        Rehydration.of(Map.of("1", "1", "2", "2", "3", "3", "5", "5", "100", "8", "1000", "1"));
    int[][] expected = {
      {1, 1}, {2, 2}, {3, 3}, {4, 3}, {5, 5}, {99, 5}, {100, 8}, {999, 8}, {1000, 1}, {100_000, 1}
    };
    for (int[] one : expected) {
      assertThat(fineweb.times(one[0])).as("cluster of %d", one[0]).isEqualTo(one[1]);
    }
    assertThat(fineweb.everyOnce()).isFalse();
  }

  @Test
  void withoutBoundsEveryDocumentIsThereOnce() {
    assertThat(Rehydration.none().times(50)).isEqualTo(1);
    assertThat(Rehydration.none().everyOnce()).isTrue();
    assertThat(Rehydration.of(Map.of("5", "3")).times(4)).isEqualTo(1);
    assertThat(Rehydration.of(Map.of("5", "1")).everyOnce()).isTrue();
  }

  @Test
  void whatIsNoSizeOrNoNumberIsRefused() {
    assertThatThrownBy(() -> Rehydration.of(Map.of("2", "twice")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shards.rehydration has 2: twice, must be whole numbers, as {2: 2, 3: 3, 5: 5, 100: 8, 1000: 1}");
    assertThatThrownBy(() -> Rehydration.of(Map.of("1000", "0")))
        .hasMessage(
            "shards.rehydration has 1000: 0, must be a cluster size from 1 and how often its document is written, 1 to 100");
    assertThatThrownBy(() -> Rehydration.of(Map.of("0", "1")))
        .hasMessageStartingWith("shards.rehydration has 0: 1");
  }
}
