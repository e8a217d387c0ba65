package io.gristmill.trainer.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final float[] LOGITS = {1f, 3f, 3f, 2f, -1f};

  @Test
  void temperatureZeroTakesTheLikeliestAndTheFirstOfEquals() {
    var sampler = new Sampler(new Sampling(0, 0, 1), new SplittableRandom(SEED));
    assertThat(sampler.draw(LOGITS, token -> true)).isEqualTo(1);
    assertThat(sampler.draw(LOGITS, token -> token != 1)).isEqualTo(2);
  }

  @Test
  void topKLeavesTheLikeliest() {
    assertThat(shares(new Sampling(1, 2, 1)))
        .containsExactly(new double[] {0, .5, .5, 0, 0}, within(.02));
  }

  @Test
  void topPLeavesTheSmallestSetThatReachesIt() {
    // Probabilities .054 .397 .397 .146 .007 before: the two likeliest hold .79.
    assertThat(shares(new Sampling(1, 0, .75)))
        .containsExactly(new double[] {0, .5, .5, 0, 0}, within(.02));
  }

  @Test
  void withoutCutsTheSharesAreTheSoftmaxAtTheTemperature() {
    double[] expected = new double[LOGITS.length];
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.exp(LOGITS[i] / 2.0);
      sum += expected[i];
    }
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= sum;
    }
    assertThat(shares(new Sampling(2, 0, 1))).containsExactly(expected, within(.02));
  }

  @Test
  void nothingAllowedIsAnError() {
    var sampler = new Sampler(new Sampling(1, 0, 1), new SplittableRandom(SEED));
    assertThatThrownBy(() -> sampler.draw(LOGITS, token -> false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] shares(Sampling sampling) {
    var sampler = new Sampler(sampling, new SplittableRandom(SEED));
    double[] shares = new double[LOGITS.length];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      shares[sampler.draw(LOGITS, token -> true)] += 1.0 / draws;
    }
    return shares;
  }
}
