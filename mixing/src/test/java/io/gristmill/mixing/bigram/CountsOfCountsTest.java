package io.gristmill.mixing.bigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CountsOfCountsTest {
  /** a b a b a c: after a twice b and once c, after b always a. */
  @Test
  void theEntropyIsThatOfWhatFollows() {
    CountsOfCounts counts = new CountsOfCounts();
    counts.addPairs(2, 1); // ab
    counts.addPairs(2, 1); // ba
    counts.addPairs(1, 1); // ac
    counts.addPrevious(3, 1); // a
    counts.addPrevious(2, 1); // b
    BigramEntropy entropy = counts.entropy();
    // 3/5 of (2/3 ln 3/2 + 1/3 ln 3)
    assertThat(entropy.nats()).isCloseTo(0.3819085009768877, within(1e-15));
    assertThat(entropy.tokens()).isEqualTo(5);
    assertThat(entropy.pairs()).isEqualTo(3);
    assertThat(entropy.previous()).isEqualTo(2);
    assertThat(entropy.bias()).isEqualTo(0.1);
  }

  @Test
  void whatIsAlwaysTheSameHasNone() {
    CountsOfCounts counts = new CountsOfCounts();
    counts.addPairs(1_000_000_007, 3);
    counts.addPrevious(1_000_000_007, 3);
    assertThat(counts.entropy().nats()).isZero();
  }

  @Test
  void countsThatAreNoPairsAreRefused() {
    assertThatThrownBy(() -> new CountsOfCounts().entropy())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 tokens in pairs after 0, must be as many and at least 1");
    CountsOfCounts counts = new CountsOfCounts();
    counts.addPairs(2, 3);
    counts.addPrevious(5, 1);
    assertThatThrownBy(counts::entropy).hasMessageStartingWith("6 tokens in pairs after 5");
  }
}
