package io.gristmill.trainer.model;

import static io.gristmill.trainer.model.CoordinateCheck.BASE_WIDTH;
import static io.gristmill.trainer.model.CoordinateCheck.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.trainer.model.CoordinateCheck.Activations;
import io.gristmill.trainer.model.CoordinateCheck.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoordinateCheckTest {
  private static final int WIDE = 8 * BASE_WIDTH;
  private static final double LEARNING_RATE = 0.01;

  @ParameterizedTest
  @EnumSource(names = {"MINICPM", "POWER"})
  void underMupActivationsDoNotDependOnTheWidth(Rules rules) {
    Activations narrow = CoordinateCheck.measure(rules.model(BASE_WIDTH), STEPS, LEARNING_RATE);
    Activations wide = CoordinateCheck.measure(rules.model(WIDE), STEPS, LEARNING_RATE);
    assertThat(wide.attention() / narrow.attention()).as("attention").isBetween(0.85, 1.15);
    assertThat(wide.stream() / narrow.stream()).as("stream").isBetween(0.85, 1.15);
    assertThat(wide.rise() / narrow.rise()).as("rise").isBetween(0.85, 1.15);
  }

  @Test
  void withoutItTheyGrow() {
    ModelConfig narrow = Rules.STANDARD.model(BASE_WIDTH);
    ModelConfig wide = Rules.STANDARD.model(WIDE);
    Activations small = CoordinateCheck.measure(narrow, STEPS, LEARNING_RATE);
    Activations large = CoordinateCheck.measure(wide, STEPS, LEARNING_RATE);
    assertThat(large.attention() / small.attention()).as("attention").isGreaterThan(3);
    assertThat(large.stream() / small.stream()).as("stream").isGreaterThan(20);
    assertThat(large.rise() / small.rise()).as("rise").isGreaterThan(2);
  }
}
