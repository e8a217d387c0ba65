package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StragglerTest {
  @Test
  void theOneThatIsWellBehindTheOthersIsNamed() {
    assertThat(Straggler.among(List.of(0.20, 0.21, 0.61, 0.19)))
        .contains(new Straggler(2, 0.61, 0.20));
    assertThat(Straggler.among(List.of(0.61, 0.21))).contains(new Straggler(0, 0.61, 0.21));
    assertThat(new Straggler(2, 0.61, 0.2).description())
        .isEqualTo("0.610 s for its part of a step, the others 0.200 s");
  }

  @Test
  void workersThatAreNearlyAlikeAreNot() {
    assertThat(Straggler.among(List.of(0.20, 0.21, 0.29, 0.22))).isEmpty();
    assertThat(Straggler.among(List.of(0.2))).isEmpty();
    assertThat(Straggler.among(List.of())).isEmpty();
  }

  @Test
  void itIsToldOnceAndAgainWhenAnotherIsSlow() {
    List<Integer> told = new ArrayList<>();
    var watch = new StragglerWatch();
    for (int step = 0; step < 100; step++) {
      // worker 1 is slow in steps 30 to 59, worker 0 from step 60; all are in the first
      List<Double> seconds =
          List.of(step >= 60 ? 2.0 : 1.0, step >= 30 && step < 60 ? 2.0 : 1.0, 1.0);
      Optional<Straggler> found = watch.step(seconds);
      found.ifPresent(straggler -> told.add(straggler.rank()));
    }
    assertThat(told).containsExactly(1, 0);
  }

  @Test
  void aSingleSlowStepIsNone() {
    var watch = new StragglerWatch();
    for (int step = 0; step < 100; step++) {
      assertThat(watch.step(List.of(1.0, step % 10 == 5 ? 9.0 : 1.0))).isEmpty();
    }
  }
}
