package io.gristmill.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.mixture.Weight;
import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineLossesTest {
  private static final List<Weight> LINES =
      List.of(
          new Weight("*", "zh*", 0.2), // takes zh-Hans and zh-Hant of prose
          new Weight("prose", "en", 0.6),
          new Weight("docs", "en", 0.2));
  private static final ShardIndex INDEX =
      index(
          group("docs", "en"),
          group("prose", "en"),
          group("prose", "zh-Hans"),
          group("prose", "zh-Hant"));

  @Test
  void groupsCountByTheirTokens() {
    var losses = new LineLosses(LINES, line -> true, INDEX);
    var at =
        new TrainingMeasures.At(
            8,
            List.of(
                new TrainingMeasures.Group("docs", "en", 2, 50),
                new TrainingMeasures.Group("prose", "en", 3, 100),
                new TrainingMeasures.Group("prose", "zh-Hans", 4, 300),
                new TrainingMeasures.Group("prose", "zh-Hant", 8, 100)));
    // Chinese: (4 * 300 + 8 * 100) / 400 = 5
    assertThat(losses.of(at)).containsExactly(5.0, 3.0, 2.0);
    assertThat(losses.tokens(at)).containsExactly(400L, 100L, 50L);
  }

  @Test
  void aLineWithoutHeldOutTextIsRefused() {
    assertThatThrownBy(
            () ->
                new LineLosses(
                    LINES, line -> true, index(group("prose", "en"), group("prose", "zh-Hans"))))
        .hasMessageContaining("docs/en has no held-out documents")
        .hasMessageContaining("raise shards.validation-fraction")
        .hasMessageContaining("prose/zh-Hans");
  }

  @Test
  void aLineThatIsNotNeededHasNoLoss() {
    var losses = new LineLosses(LINES, line -> line == 1, index(group("prose", "en")));
    var at = new TrainingMeasures.At(8, List.of(new TrainingMeasures.Group("prose", "en", 3, 100)));
    assertThat(losses.of(at)).containsExactly(Double.NaN, 3.0, Double.NaN);
    assertThat(losses.tokens(at)).containsExactly(0L, 100L, 0L);
  }

  private static ShardIndex index(ShardGroup... groups) {
    return new ShardIndex("0", 300, TokenWidth.U16, 1, 0, new Holdout(1, 0.1), List.of(groups));
  }

  private static ShardGroup group(String domain, String language) {
    return new ShardGroup(Split.VALIDATION, domain, language, 1, 100, 100, List.of());
  }
}
