package io.gristmill.mixing.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.blend.BlendOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightLogTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final long PLENTY = 1L << 40;

  @Test
  void aStretchMakesUpForWhatTheOneBeforeLeft() {
    long[] caps = {PLENTY, PLENTY, PLENTY};
    // 10 sequences: 3.5, 3.5 and 3 are due; the first gets the odd one.
    WeightLog log = WeightLog.none().then(10, List.of(0.35, 0.35, 0.3), caps);
    assertThat(log.turns()).containsExactly(4, 3, 3);
    assertThat(log.deviation().get(0)).isCloseTo(0.5, within(1e-12));
    assertThat(log.deviation().get(1)).isCloseTo(-0.5, within(1e-12));
    // 2 + 5.5 + 2.5 due, less what is ahead: 1.5, 6, 2.5; the first of equal remainders gets it
    log = log.then(10, List.of(0.2, 0.55, 0.25), caps);
    assertThat(log.stretches().getLast().turns()).containsExactly(2L, 6L, 2L);
    assertThat(log.deviation().get(0)).isCloseTo(0.5, within(1e-12));
    assertThat(log.deviation().get(1)).isCloseTo(0, within(1e-12));
    assertThat(log.deviation().get(2)).isCloseTo(-0.5, within(1e-12));
    assertThat(log.average().get(0)).isCloseTo(0.275, within(1e-12));
  }

  @Test
  void aWeightTooSmallForATurnAStretchGetsItsTurnsAllTheSame() {
    WeightLog log = WeightLog.none();
    for (int s = 0; s < 100; s++) {
      log = log.then(10, List.of(0.997, 0.003), new long[] {PLENTY, PLENTY});
    }
    assertThat(log.turns()).containsExactly(997, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 17, 32})
  void theBoundHoldsAnewInEachStretchAndTheDeviationDoesNotGrow(int components) {
    SplittableRandom random = new SplittableRandom(SEED + components);
    for (int trial = 0; trial < 10; trial++) {
      WeightLog log = WeightLog.none();
      long[] caps = new long[components];
      Arrays.fill(caps, PLENTY);
      for (int s = 0; s < 20; s++) {
        log = log.then(1 + random.nextLong(400), weights(random, components), caps);
        for (double ahead : log.deviation()) {
          assertThat(Math.abs(ahead)).as("seed=%d", SEED).isLessThan(2);
        }
        assertThat(log.deviation().stream().mapToDouble(d -> d).sum()).isCloseTo(0, within(1e-9));
      }
      assertBound(log);
    }
  }

  @Test
  void theBoundHoldsInTheLongestStretch() {
    WeightLog log =
        WeightLog.none()
            .then(17, List.of(0.5, 0.5, 0.0), new long[] {PLENTY, PLENTY, 0})
            .then(
                WeightLog.MAX_SEQUENCES,
                List.of(0.3333, 0.6667, 0.0),
                new long[] {PLENTY, PLENTY, 0});
    assertBound(log);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 32})
  void noComponentGetsMoreThanItsCapAndTheOthersShareTheRest(int components) {
    SplittableRandom random = new SplittableRandom(SEED + components);
    for (int trial = 0; trial < 20; trial++) {
      long[] caps = random.longs(components, 0, 300).toArray();
      long left = Arrays.stream(caps).sum();
      WeightLog log = WeightLog.none();
      while (left > 0) {
        long sequences = Math.min(left, 1 + random.nextLong(100));
        log = log.then(sequences, weights(random, components), caps);
        left -= sequences;
        long[] turns = log.turns();
        for (int i = 0; i < components; i++) {
          assertThat(turns[i]).as("seed=%d caps=%s", SEED, caps).isLessThanOrEqualTo(caps[i]);
        }
      }
      assertThat(log.turns()).as("all that there was").isEqualTo(caps);
    }
  }

  @Test
  void whatACapTakesGoesToTheOthersInTheirRatio() {
    WeightLog log =
        WeightLog.none().then(100, List.of(0.5, 0.1, 0.4), new long[] {20, PLENTY, PLENTY});
    assertThat(log.turns()).containsExactly(20, 16, 64);
    assertThat(log.stretches().getFirst().weights()).containsExactly(0.5, 0.1, 0.4);
    log = log.then(100, List.of(0.5, 0.1, 0.4), new long[] {20, PLENTY, PLENTY});
    assertThat(log.turns()).containsExactly(20, 36, 144);
    WeightLog full = log;
    assertThatThrownBy(() -> full.then(7, List.of(0.5, 0.1, 0.4), new long[] {20, 39, 147}))
        .hasMessage(
            "a stretch of 7 sequences, but max-epochs leaves 6; allow more epochs or train fewer steps");
  }

  @Test
  void stretchesThatDoNotFitAreRefused() {
    long[] caps = {PLENTY};
    assertThatThrownBy(() -> WeightLog.none().then(0, List.of(1.0), caps))
        .hasMessageContaining("a stretch of 0 sequences between changes of the weights");
    assertThatThrownBy(() -> WeightLog.none().then(1 << 21, List.of(1.0), caps))
        .hasMessageContaining("must be 1 to 1,048,576");
    assertThatThrownBy(() -> new Stretch(List.of(1.0), List.of(1.0), List.of(-1L)))
        .hasMessageContaining("turns [-1]");
    assertThatThrownBy(() -> new Stretch(List.of(1.0), List.of(), List.of(1L)))
        .hasMessageContaining("1 weights, 0 shares and turns of 1 components");
    assertThatThrownBy(
            () ->
                new WeightLog(
                    List.of(
                        new Stretch(List.of(1.0), List.of(1.0), List.of(1L)),
                        new Stretch(List.of(1.0, 0.0), List.of(1.0, 0.0), List.of(1L, 0L)))))
        .hasMessageContaining("stretches of 1 and 2 components");
  }

  /** Every prefix of every stretch against the line from its beginning to its end. */
  private static void assertBound(WeightLog log) {
    BlendOrder order = log.order();
    int components = log.stretches().getFirst().turns().size();
    long[] counts = new long[components];
    long n = 0;
    for (Stretch stretch : log.stretches()) {
      long active = stretch.turns().stream().filter(turns -> turns > 0).count();
      long scale = Math.max(1, 2 * active - 2);
      long sequences = stretch.sequences();
      long[] had = new long[components];
      for (long m = 1; m <= sequences; m++, n++) {
        int component = order.component(n);
        if (order.count(component, n) != counts[component]) {
          fail("seed=%d n=%d: the count is another one".formatted(SEED, n));
        }
        counts[component]++;
        had[component]++;
        for (int i = 0; i < components; i++) {
          // |had - m turns / L| <= 1 - 1 / scale, in whole numbers
          long off = Math.abs(had[i] * sequences - m * stretch.turns().get(i)) * scale;
          if (off > Math.max(0, scale - 1) * sequences) { // assertions are slow
            fail("seed=%d n=%d: component %d is off by %d / %d".formatted(SEED, n, i, off, scale));
          }
        }
      }
      assertThat(had).isEqualTo(stretch.turns().stream().mapToLong(t -> t).toArray());
    }
  }

  /** Random weights, some tiny, that sum to 1. */
  private static List<Double> weights(SplittableRandom random, int components) {
    double[] weights = new double[components];
    for (int i = 0; i < components; i++) {
      weights[i] = Math.exp(-random.nextDouble(12)) + 1e-6;
    }
    double sum = Arrays.stream(weights).sum();
    List<Double> shares = new ArrayList<>();
    for (double weight : weights) {
      shares.add(weight / sum);
    }
    Collections.rotate(shares, random.nextInt(components));
    return shares;
  }
}
