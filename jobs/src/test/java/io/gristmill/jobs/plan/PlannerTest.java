package io.gristmill.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.RowGroup;
import io.gristmill.tokenization.shard.ShardFile;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import io.gristmill.trainer.simulation.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  /** A described cluster, so that nothing is measured. */
  private Plan plan(String... overrides) throws IOException {
    Path config = folder.resolve("plan.yaml");
    Files.writeString(
        config,
        """
        name: planned
        output: %s
        curate: {sources: [{path: none}]}
        tokenizer: {vocabulary-size: 8192}
        mixture:
          weights: [{language: en, weight: 0.5}, {language: "zh*", weight: 0.5}]
          sequence-length: 256
          total-tokens: 2G
          max-epochs: 4
        model: {hidden-size: 256, layers: 4, heads: 4}
        pretrain: {global-batch: 64, micro-batch: 4, slots: 16}
        schedule: {kind: cosine}
        plan:
          cluster: {nodes: 6, cores: 4, gigaflops: 50, watts: 300, price: 0.5}
        """
            .formatted(folder.resolve("out")));
    List<String> all = new ArrayList<>(Arrays.asList(overrides));
    RunConfig read = RunConfig.read(config.toString(), all);
    return new Planner(
            read, HADOOP, shards -> MixturePlanner.plan(read.mixture(), shards.index()), line -> {})
        .plan();
  }

  private void publish(long english, long chinese) throws IOException {
    Path shards = Files.createDirectories(folder.resolve("out/shards"));
    List<ShardGroup> groups = List.of(group("en", english), group("zh-Hans", chinese));
    Shards.publish(
        new org.apache.hadoop.fs.Path(shards.toUri()),
        new ShardIndex("0", 8000, TokenWidth.U16, 7, 0, new Holdout(7, 0.1), groups),
        HADOOP);
  }

  private static ShardGroup group(String language, long tokens) {
    var file = new ShardFile("part", 1, "0", List.of(new RowGroup(10, tokens)));
    return new ShardGroup(Split.TRAIN, "web", language, 10, tokens, 4 * tokens, List.of(file));
  }

  @Test
  void withoutShardsAllButTheEpochsIsPlanned() throws IOException {
    Plan plan = plan();
    assertThat(plan.data().known()).isFalse();
    assertThat(plan.data().tokens()).isEqualTo(2_000_000_000L / (64 * 256) * (64 * 256));
    assertThat(plan.training().steps()).isEqualTo(122_070);
    assertThat(plan.measurement()).isEmpty();
    assertThat(plan.forecasts()).hasSize(14);
    assertThat(plan.here().workers()).isEqualTo(4);
    assertThat(plan.model().parameters() - plan.model().nonVocabulary()).isEqualTo(8192L * 256);
    assertThat(PlanText.lines(plan))
        .anyMatch(line -> line.startsWith("epochs") && line.contains("not known"))
        .anyMatch(line -> line.startsWith("measured") && line.contains("nothing"))
        .anyMatch(line -> line.contains("2 of 6 stay idle"))
        .anyMatch(line -> line.endsWith("**"));
  }

  @Test
  void shardsTellTheEpochsAndTheVocabulary() throws IOException {
    publish(1_000_000_000L, 250_000_000L);
    Plan plan = plan();
    assertThat(plan.model().parameters() - plan.model().nonVocabulary()).isEqualTo(8000L * 256);
    List<Plan.Component> components = plan.data().components();
    assertThat(components).hasSize(2);
    assertThat(components.get(0).epochs()).isCloseTo(1, within(0.01));
    assertThat(components.get(1).epochs()).isCloseTo(4, within(0.01));
    assertThat(components.get(1).worth()).isCloseTo(3.726, within(0.01));
    assertThat(plan.data().unique()).isBetween(1_240_000_000L, 1_250_000_000L);
    double repeated = plan.training().expectedLoss();
    Files.delete(folder.resolve("out/shards/shards.json"));
    assertThat(repeated).isGreaterThan(plan().training().expectedLoss());
  }

  @Test
  void stepsDecideHowMuchOfTheMixtureIsTaken() throws IOException {
    publish(1_000_000_000L, 250_000_000L);
    Plan plan = plan("pretrain.steps=1000", "mixture.total-tokens=1G");
    assertThat(plan.data().tokens()).isEqualTo(1000L * 64 * 256);
    assertThat(plan.data().share()).isCloseTo(0.016384, within(1e-4));
    assertThat(plan.data().unique()).isLessThanOrEqualTo(plan.data().tokens());
  }

  @Test
  void unknownTokensAreRefused() {
    assertThatThrownBy(() -> plan("mixture.total-tokens=0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("how many tokens the run trains on is not known: ")
        .hasMessageEndingWith("pass --set mixture.total-tokens=2G, or tokenize first");
    assertThatThrownBy(() -> plan("mixture.total-tokens=1000"))
        .hasMessage(
            "the mixture has 1,000 tokens, a step takes 16,384; mix more, or make pretrain.global-batch smaller");
  }

  @Test
  void aWorkerThatCannotBeMeasuredHereSaysWhatToGive() {
    assertThatThrownBy(
            () -> plan("plan.cluster.gigaflops=0", "model.hidden-size=8192", "model.layers=80"))
        .hasMessageStartingWith("a worker cannot be measured here: training needs a heap of ")
        .hasMessageEndingWith("or give plan.cluster.gigaflops, and nothing is measured");
  }

  @Test
  void badKeysAreNamed() {
    assertThatThrownBy(() -> plan("plan.cluster.nodes=0", "plan.cluster.speed=3"))
        .hasMessageContaining("plan.cluster.nodes is 0, must be at least 1")
        .hasMessageContaining("unknown key plan.cluster.speed");
  }

  @Test
  void theJsonHasEveryForecastAndNoInfinity() throws IOException {
    Plan plan = plan("plan.cluster.failure-hours=0.001", "plan.cluster.restart-seconds=1e6");
    assertThat(plan.forecasts()).noneMatch(Forecast::ends);
    JsonNode json = new ObjectMapper().readTree(PlanJson.of(plan));
    assertThat(json.path("forecasts")).hasSize(14);
    assertThat(json.path("forecasts").path(3).path("hours").isNull()).isTrue();
    assertThat(json.path("forecasts").path(3).path("step").path("gather").asDouble()).isPositive();
    assertThat(json.path("cluster").path("nodes").asInt()).isEqualTo(6);
    assertThat(json.path("training").path("computeOptimal").asDouble()).isEqualTo(20);
    assertThat(PlanText.lines(plan)).anyMatch(line -> line.contains("never"));
  }

  @Test
  void theSamePlanIsTheSameText() throws IOException {
    assertThat(PlanText.lines(plan())).isEqualTo(PlanText.lines(plan()));
    assertThat(PlanJson.of(plan())).isEqualTo(PlanJson.of(plan()));
  }
}
