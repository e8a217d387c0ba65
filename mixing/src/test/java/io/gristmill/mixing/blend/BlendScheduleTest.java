package io.gristmill.mixing.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules whose weights change from phase to phase. */
class BlendScheduleTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 17, 32, 128})
  void everyPrefixIsWithinTheBoundForRandomSchedules(int components) {
    SplittableRandom random = new SplittableRandom(SEED + components);
    for (int trial = 0; trial < 30; trial++) {
      int phases = 1 + random.nextInt(5);
      long sum = components * (1 + random.nextLong(40));
      List<BlendPhase> schedule = new ArrayList<>();
      for (int p = 0; p < phases; p++) {
        schedule.add(
            new BlendPhase(
                1 + random.nextLong(6 * sum), Schedules.composition(random, components, sum)));
      }
      assertWithinBound(schedule, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 17})
  void everyPrefixIsWithinTheBoundWhenEachSlotHasSharesOfItsOwn(int components) {
    SplittableRandom random = new SplittableRandom(SEED + components);
    List<BlendPhase> schedule = new ArrayList<>();
    for (int p = 0; p < 1000; p++) {
      schedule.add(
          new BlendPhase(1 + random.nextInt(2), Schedules.composition(random, components, 60)));
    }
    assertWithinBound(schedule, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 128})
  void everyPrefixIsWithinTheBoundForAdversarialSchedules(int components) {
    Long[] dominant = new Long[components]; // one takes almost everything, then another one
    Arrays.fill(dominant, 1L);
    dominant[0] = 20_000L;
    List<Long> first = List.of(dominant);
    List<Long> second = new ArrayList<>(first);
    Collections.swap(second, 0, components - 1);
    List<Long> rest = new ArrayList<>(Collections.nCopies(components, 1L)); // who was big leaves
    rest.set(0, 0L);
    List<Long> alone = new ArrayList<>(Collections.nCopies(components, 0L));
    alone.set(components / 2, 1L);
    assertWithinBound(
        List.of(
            new BlendPhase(30_011, first),
            new BlendPhase(17, rest),
            new BlendPhase(110_003, second),
            new BlendPhase(5, alone),
            new BlendPhase(9_999, first),
            new BlendPhase(1_001, rest)),
        components == 128 ? 0 : 30_000);
  }

  @Test
  void aMillionSlotsOfTheLongestPeriodsStayWithinTheBound() {
    long most = BlendOrder.MAX_PERIOD;
    assertWithinBound(
        List.of(
            new BlendPhase(333_333, List.of(most - 333_333 - 7 - 1, 333_333L, 7L, 1L)),
            new BlendPhase(400_001, List.of(1L, 7L, most - 333_333 - 8, 333_333L)),
            new BlendPhase(266_666, List.of(0L, 1L, most - 2, 0L))),
        0);
  }

  @Test
  void aMillionSlotsOf128ComponentsStayWithinTheBound() {
    SplittableRandom random = new SplittableRandom(SEED);
    assertWithinBound(
        List.of(
            new BlendPhase(700_001, Schedules.composition(random, 128, 10_000)),
            new BlendPhase(250_000, Schedules.composition(random, 128, 9_999)),
            new BlendPhase(49_999, Schedules.composition(random, 128, 128))),
        0);
  }

  /**
   * Why the order looks ahead: to begin anew at a phase with the counts so far, knowing only the
   * new weights, can leave a component further behind than any bound below one.
   */
  @Test
  void toBeginAnewAtAPhaseWithTheCountsSoFarIsNotEnough() {
    double worstAnew = 0;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 3000; trial++) {
      List<BlendPhase> schedule = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        schedule.add(new BlendPhase(1 + random.nextInt(12), Schedules.composition(random, 5, 60)));
      }
      worstAnew = Math.max(worstAnew, Schedules.worst(schedule, Schedules.anew(schedule)));
      assertWithinBound(schedule, 0);
    }
    assertThat(worstAnew).as("seed=%d", SEED).isGreaterThan(1);
  }

  @Test
  void aPhaseCutInTwoIsOnePhase() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int components : new int[] {1, 2, 3, 8, 40}) {
      for (int trial = 0; trial < 20; trial++) {
        List<Long> weights = Schedules.composition(random, components, 7L * components);
        List<Long> doubled = weights.stream().map(w -> 2 * w).toList();
        List<Long> then = Schedules.composition(random, components, 5L * components);
        long cut = 1L + random.nextInt(1500);
        long rest = 1L + random.nextInt(1500);
        BlendOrder whole =
            BlendOrder.of(List.of(new BlendPhase(cut + rest, weights), new BlendPhase(9, then)));
        BlendOrder parts =
            BlendOrder.of(
                List.of(
                    new BlendPhase(cut, weights),
                    new BlendPhase(rest, doubled),
                    new BlendPhase(9, then)));
        assertThat(Schedules.turns(parts, cut + rest + 500))
            .as("seed=%d components=%d cut=%d rest=%d", SEED, components, cut, rest)
            .isEqualTo(Schedules.turns(whole, cut + rest + 500));
      }
    }
  }

  @Test
  void onePhaseIsTheOrderOfItsWeights() {
    BlendOrder schedule = BlendOrder.of(List.of(new BlendPhase(10, List.of(3L, 0L, 4L))));
    assertThat(Schedules.turns(schedule, 100))
        .isEqualTo(Schedules.turns(BlendOrder.of(3, 0, 4), 100));
  }

  /** Tables that repeat against an assignment that never jumps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 17, 64})
  void anySlotIsReachedAsIfAllBeforeWereReplayed(int components) {
    SplittableRandom random = new SplittableRandom(SEED + components);
    for (int trial = 0; trial < 20; trial++) {
      List<BlendPhase> schedule = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        long sum = components * (1 + random.nextLong(6));
        schedule.add(
            new BlendPhase(
                1 + random.nextLong(30 * sum), Schedules.composition(random, components, sum)));
      }
      int slots = (int) schedule.stream().mapToLong(BlendPhase::slots).sum() + 1000;
      BlendOrder order = BlendOrder.of(schedule);
      int[] replayed = replay(schedule, slots);
      assertThat(Schedules.turns(order, slots))
          .as("seed=%d schedule=%s", SEED, schedule)
          .isEqualTo(replayed);
      long[] taken = new long[components];
      int checked = 0;
      for (int n = 0; n < slots; n++) {
        if (n == checked) {
          for (int i = 0; i < components; i++) {
            assertThat(order.count(i, n)).as("seed=%d slot=%d", SEED, n).isEqualTo(taken[i]);
          }
          checked += 1 + random.nextInt(100);
        }
        taken[replayed[n]]++;
      }
    }
  }

  @Test
  void slotsFarAwayAreReachedDirectly() {
    long far = 1L << 40;
    BlendOrder order =
        BlendOrder.of(
            List.of(
                new BlendPhase(far, List.of(1L, 2L, 4L)),
                new BlendPhase(far, List.of(5L, 0L, 2L))));
    // 2^40 = 157073089682 * 7 + 2: the targets at the change are that many rounds and 2/7, 4/7, 8/7
    long rounds = far / 7;
    assertThat(order.count(0, far) - rounds).isBetween(0L, 1L);
    assertThat(order.count(1, far) - 2 * rounds).isBetween(0L, 1L);
    assertThat(order.count(2, far) - 4 * rounds).isBetween(1L, 1L);
    // 6 slots into a round of the second phase: 2/7 + 10/7 of 0, 4/7 of 1, 8/7 + 4/7 of 2
    assertThat(order.count(0, 2 * far) - 6 * rounds).isBetween(1L, 2L);
    assertThat(order.count(1, 2 * far) - 2 * rounds).isBetween(0L, 1L);
    assertThat(order.count(0, 2 * far) + order.count(1, 2 * far) + order.count(2, 2 * far))
        .isEqualTo(2 * far);
  }

  @Test
  void schedulesThatCannotBeBlendedAreRefused() {
    assertThatThrownBy(() -> new BlendPhase(0, List.of(1L)))
        .hasMessageContaining("a blend phase of 0 slots, must have at least 1");
    assertThatThrownBy(
            () ->
                BlendOrder.of(
                    List.of(new BlendPhase(1, List.of(1L)), new BlendPhase(1, List.of(1L, 1L)))))
        .hasMessageContaining("blend phases of 1 and 2 components, must be the same");
    assertThatThrownBy(
            () ->
                BlendOrder.of(
                    List.of(
                        new BlendPhase(1, List.of(1L, 1_000_002L)),
                        new BlendPhase(1, List.of(1L, 1_000_032L)),
                        new BlendPhase(1, List.of(1L, 1_000_036L)))))
        .hasMessageContaining("let the phases have the same sum");
  }

  private static void assertWithinBound(List<BlendPhase> schedule, int beyond) {
    int slots = (int) schedule.stream().mapToLong(BlendPhase::slots).sum();
    BlendOrder order = BlendOrder.of(schedule);
    List<BlendPhase> longer = new ArrayList<>(schedule);
    BlendPhase last = longer.removeLast();
    longer.add(new BlendPhase(last.slots() + beyond, last.weights()));
    double bound = Schedules.bound(schedule);
    assertThat(Schedules.worst(longer, Schedules.turns(order, slots + beyond)))
        .as("seed=%d schedule of %d phases", SEED, schedule.size())
        .isLessThanOrEqualTo(bound);
  }

  private static int[] replay(List<BlendPhase> schedule, int slots) {
    long denominator = Schedules.denominator(schedule);
    long[][] shares = new long[schedule.size()][];
    long[] ends = new long[schedule.size()];
    for (int p = 0; p < ends.length; p++) {
      shares[p] = Schedules.shares(schedule.get(p), denominator);
      ends[p] = (p == 0 ? 0 : ends[p - 1]) + schedule.get(p).slots();
    }
    ChairmanAssignment assignment = new ChairmanAssignment(shares, ends, denominator);
    int[] turns = new int[slots];
    Arrays.setAll(turns, n -> assignment.next());
    return turns;
  }
}
