package io.gristmill.trainer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
  private static final int COUNT = 1 << 20;
  private static final long KEY = 0x0123456789ABCDEFL;

  /** MurmurHash3 of the empty text is its finalizer of the seed; these are published. */
  @Test
  void theHashIsTheFinalizerOfMurmurHash3() {
    assertThat(DropoutMask.mixed(0)).isZero();
    assertThat(DropoutMask.mixed(1)).isEqualTo(0x514E28B7);
    assertThat(DropoutMask.mixed(-1)).isEqualTo(0x81F16F39);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
  void theRateIsTheShareThatIsDropped(double rate) {
    double deviation = Math.sqrt(rate * (1 - rate) / COUNT);
    assertThat(dropped(DropoutMask.of(rate, KEY, 0))).isCloseTo(rate, within(4 * deviation));
  }

  private static double dropped(DropoutMask mask) {
    int dropped = 0;
    for (int i = 0; i < COUNT; i++) {
      dropped += mask.keeps(i) ? 0 : 1;
    }
    return (double) dropped / COUNT;
  }

  @Test
  void aRateOfZeroKeepsAll() {
    DropoutMask mask = DropoutMask.of(0, KEY, 0);
    assertThat(mask.drops()).isFalse();
    assertThat(dropped(mask)).isZero();
    assertThat(mask.scale()).isEqualTo(1f);
  }

  /** Neighbouring elements, and masks whose keys differ in one bit, agree as often as by chance. */
  @Test
  void masksAreIndependentOfTheirNeighbours() {
    DropoutMask mask = DropoutMask.of(0.5, KEY, 0);
    for (int bit = 0; bit < 64; bit++) {
      DropoutMask other = DropoutMask.of(0.5, KEY ^ 1L << bit, 0);
      assertThat(agreement(mask, other, 0)).as("bit %d", bit).isCloseTo(0.5, within(0.0025));
    }
    for (int distance : new int[] {1, 2, 3, 16, 64, 1024}) {
      assertThat(agreement(mask, mask, distance))
          .as("distance %d", distance)
          .isCloseTo(0.5, within(0.0025));
    }
  }

  private static double agreement(DropoutMask one, DropoutMask other, int distance) {
    int same = 0;
    for (int i = 0; i < COUNT; i++) {
      same += one.keeps(i) == other.keeps(i + distance) ? 1 : 0;
    }
    return (double) same / COUNT;
  }

  @Test
  void aPartOfAnArrayHasItsPartOfTheMask() {
    DropoutMask whole = DropoutMask.of(0.3, KEY, 0);
    DropoutMask part = DropoutMask.of(0.3, KEY, 1000);
    for (int i = 0; i < 100; i++) {
      assertThat(part.keeps(i)).isEqualTo(whole.keeps(1000 + i));
    }
  }
}
