package io.gristmill.tokenization.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EfficiencyTest {
  /** pick 3, @@ed 2, @@l 1, @@les 1: the first example of zouharvi/tokenization-scorer. */
  private static final long[] FIRST = {3, 2, 1, 1};

  /** pick 3, @@e 3, @@d 2, @@l 2, @@s 1: its second example. */
  private static final long[] SECOND = {3, 3, 2, 2, 1};

  @Test
  void agreesWithTheAuthorsScorer() {
    // Its README prints these beside power=2.5; they are what its program gives for 3.
    assertThat(Efficiency.renyi(FIRST, 3, 4)).isEqualTo(0.8031528501359657, within(1e-15));
    assertThat(Efficiency.renyi(SECOND, 3, 5)).isEqualTo(0.9105681923824472, within(1e-15));
  }

  @Test
  void isTheFormula() {
    // p = 1/2, 1/4, 1/8, 1/8: H = 1.75 bits of 2; sum p^2.5 = 2^-2.5 + 2^-5 + 2 * 2^-7.5
    long[] counts = {4, 2, 1, 1};
    assertThat(Efficiency.shannon(counts, 4)).isEqualTo(0.875, within(1e-15));
    double sum = Math.pow(2, -2.5) + Math.pow(2, -5) + Math.pow(2, -6.5);
    assertThat(Efficiency.renyi(counts, 2.5, 4))
        .isEqualTo(Math.log(sum) / -1.5 / Math.log(4), within(1e-15))
        .isEqualTo(0.7301672212398966, within(1e-15));
  }

  @Test
  void isOneWhereAllAreEquallyFrequentAndLessWhereSomeAreUnused() {
    assertThat(Efficiency.renyi(new long[] {7, 7, 7, 7}, 2.5, 4)).isEqualTo(1, within(1e-15));
    assertThat(Efficiency.renyi(new long[] {7, 7, 0, 0}, 2.5, 4)).isEqualTo(0.5, within(1e-15));
    assertThat(Efficiency.shannon(new long[] {7, 7, 0, 0}, 4)).isEqualTo(0.5, within(1e-15));
  }

  @Test
  void isNothingWithoutTokens() {
    assertThat(Efficiency.renyi(new long[3], 2.5, 3)).isNaN();
    assertThat(Efficiency.shannon(new long[3], 3)).isNaN();
  }

  @Test
  void countsBeyond53BitsDoNotOverflow() {
    long many = 1L << 60;
    assertThat(Efficiency.shannon(new long[] {many, many, many, many}, 4))
        .isEqualTo(1, within(1e-15));
  }
}
