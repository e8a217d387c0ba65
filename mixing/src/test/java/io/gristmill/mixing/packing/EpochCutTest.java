package io.gristmill.mixing.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochCutTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 65_537})
  void aPermutationHitsEveryNumberOnce(long size) {
    for (long key = 0; key < 5; key++) {
      Permutation permutation = new Permutation(size, key);
      assertThat(LongStream.range(0, size).map(permutation::at).sorted().toArray())
          .isEqualTo(LongStream.range(0, size).toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"11,10,3", "100,10,3", "109,10,4", "1000,7,1", "1000,7,1000", "999,1,10"})
  void noTokenIsAnInputTwiceInAnEpochAndFewAreLeftOver(long tokens, int length, long block) {
    for (long key = 0; key < 20; key++) {
      EpochCut cut = new EpochCut(tokens, length, block, key);
      BitSet seen = new BitSet();
      int twice = 0;
      for (long visit = 0; visit < cut.sequences(); visit++) {
        long start = cut.start(visit);
        for (int t = 0; t < length; t++) {
          int position = (int) ((start + t) % tokens);
          twice += seen.get(position) ? 1 : 0;
          seen.set(position);
        }
      }
      assertThat(twice).as("inputs twice with key %d", key).isZero();
      assertThat(tokens - seen.cardinality()).isLessThan(length);
    }
  }

  @Test
  void sequencesOfABlockLieTogether() {
    EpochCut cut = new EpochCut(100_000, 10, 100, 5);
    for (long block = 0; block < 100; block++) {
      long first = block * 100;
      assertThat(LongStream.range(0, 100).map(i -> cut.window(first + i) / 100).distinct().count())
          .isOne();
    }
  }

  @Test
  void epochsDifferInOrderAndInCut() {
    EpochCut first = new EpochCut(100_000, 10, 100, 5);
    EpochCut second = new EpochCut(100_000, 10, 100, 6);
    assertThat(LongStream.range(0, 10_000).filter(i -> first.start(i) == second.start(i)).count())
        .isLessThan(20);
    assertThat(first.start(0) % 10).isNotEqualTo(second.start(0) % 10);
  }
}
