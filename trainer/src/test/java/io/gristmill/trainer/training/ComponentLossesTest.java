package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentLossesTest {
  private static final List<ShardGroup> TRAIN =
      List.of(
          group(Split.TRAIN, "web", "en", 1000),
          group(Split.TRAIN, "news", "en", 3000),
          group(Split.TRAIN, "web", "zh", 2000),
          group(Split.TRAIN, "code", "en", 2000));

  @Test
  void groupsCountByTheirTrainingTextAndHoweverMuchIsHeldOut() {
    var losses =
        new ComponentLosses(
            mixture(),
            List.of(
                group(Split.VALIDATION, "web", "en", 500),
                group(Split.VALIDATION, "news", "en", 20),
                group(Split.VALIDATION, "web", "zh", 70)));
    // 10 sequences of 2 nats and 30 of 4
    assertThat(
            losses.of(
                validation(
                    loss("news", "en", 80, 20),
                    loss("web", "en", 1000, 500),
                    loss("web", "zh", 35, 70))))
        .as("code has no weight")
        .containsExactly(0.5, 0.0, 3.5);
    assertThat(
            losses.of(
                validation(
                    loss("web", "zh", 35, 70),
                    loss("web", "en", 1000, 500),
                    loss("news", "en", 0, 0))))
        .as("news has no held-out token")
        .containsExactly(0.5, 0.0, 2.0);
  }

  @Test
  void aComponentWithoutHeldOutTokensIsRefused() {
    assertThatThrownBy(
            () ->
                new ComponentLosses(
                    mixture(),
                    List.of(
                        group(Split.VALIDATION, "news", "en", 20),
                        group(Split.VALIDATION, "web", "zh", 0))))
        .hasMessage(
            "pretrain.online-mixing: component */zh has no held-out tokens to measure its loss on; raise shards.validation-fraction, or put it together with another component");
  }

  private static Mixture mixture() {
    var index = new ShardIndex("cafe", 100, TokenWidth.U16, 7, 0, new Holdout(7, 0.1), TRAIN);
    var config =
        new MixtureConfig(
            List.of(
                new Weight("*", "zh", 0.5), new Weight("code", "*", 0), new Weight("*", "en", 0.5)),
            100,
            0,
            8,
            WhenCapped.SHRINK,
            3);
    return MixturePlanner.plan(config, index);
  }

  private static ShardGroup group(Split split, String domain, String language, long tokens) {
    return new ShardGroup(split, domain, language, 1, tokens, tokens, List.of());
  }

  private static Validation validation(GroupLoss... groups) {
    return new Validation(5, List.of(groups));
  }

  private static GroupLoss loss(String domain, String language, double nats, long tokens) {
    return new GroupLoss(domain, language, nats, tokens, tokens);
  }
}
