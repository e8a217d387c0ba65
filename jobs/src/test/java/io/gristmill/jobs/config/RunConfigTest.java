package io.gristmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.privacy.UserPattern;
import io.gristmill.curation.yaml.ConfigurationException;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.PhaseConfig;
import io.gristmill.mixing.mixture.RatioBy;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.tokenization.shard.Rehydration;
import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.optimizer.MuonConfig;
import io.gristmill.trainer.spike.SpikesConfig;
import io.gristmill.trainer.training.ExchangeConfig;
import io.gristmill.trainer.training.LossTarget;
import io.gristmill.trainer.training.OnlineMixingConfig;
import io.gristmill.trainer.training.OnlineMixingConfig.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConfigTest {
  @TempDir private Path folder;

  @Test
  void everyMistakeOfASectionIsToldAtOnce() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate:
                  sources: [{path: z}]
                  profile: webb
                  rejected-text: some
                  redaction: maybe
                  languages: [en, zh-CN]
                pretrain:
                  steps: -5
                  clip: NaN
                  keep-checkpoints: 0
                  slots: 3
                  precision: fp8
                """))
        .contains(
            "run.yaml:5: curate.profile is webb",
            "run.yaml:6: curate.rejected-text is some",
            "run.yaml:7: curate.redaction is 'maybe'",
            "run.yaml:8: curate.languages has 'zh-CN'",
            "run.yaml:10: pretrain.steps is -5",
            "run.yaml:11: pretrain.clip is 'NaN'",
            "run.yaml:12: pretrain.keep-checkpoints is 0",
            "run.yaml:13: pretrain.slots is 3",
            "run.yaml:14: pretrain.precision is 'fp8', must be one of fp32, bf16");
  }

  @Test
  void mistakesInRedactionAreToldByLine() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate:
                  sources: [{path: z}]
                  redaction:
                    kinds: [email, fax]
                    patterns:
                      - name: order
                        pattern: (?=x)y
                      - {name: phone, pattern: x+}
                    colour: red
                """))
        .contains(
            "run.yaml:6: curate.redaction.kinds is fax, must be of email, ipv4",
            "run.yaml:9: curate.redaction.patterns.0.pattern is (?=x)y, which is no regular",
            "run.yaml:10: curate.redaction.patterns.1.name is phone, which is that of a kind",
            "run.yaml:11: unknown key curate.redaction.colour");
  }

  @Test
  void redactionIsOnOffOrASectionOfItsOwn() throws IOException {
    Path file = folder.resolve("redaction.yaml");
    String yaml =
        """
        name: x
        output: y
        curate:
          sources: [{path: z}]
          redaction: %s
        """;
    Files.writeString(file, yaml.formatted("true"));
    assertThat(RunConfig.read(file.toString(), List.of()).curate().redaction())
        .isEqualTo(RedactionConfig.all());
    Files.writeString(file, yaml.formatted("false"));
    assertThat(RunConfig.read(file.toString(), List.of()).curate().redaction())
        .isEqualTo(RedactionConfig.none());
    Files.writeString(
        file,
        yaml.formatted("{kinds: [email], patterns: [{name: order_number, pattern: 'N[0-9]{8}'}]}"));
    assertThat(RunConfig.read(file.toString(), List.of()).curate().redaction())
        .isEqualTo(
            new RedactionConfig(
                List.of("email"),
                List.of(new UserPattern("order_number", "N[0-9]{8}", "[ORDER_NUMBER]"))));
  }

  @Test
  void mistakesInEvaluationSetsAreTold() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate:
                  sources: [{path: z}]
                  decontamination:
                    overlap: 80
                    evaluations:
                      - path: sets/ceval
                        format: csv
                      - {path: sets/mmlu, question-key: stem}
                """))
        .contains(
            "run.yaml:6: curate.decontamination.overlap is 80.0, must be above 0",
            "run.yaml:9: curate.decontamination.evaluations.0.format is csv, must be one of",
            "run.yaml:10: unknown key curate.decontamination.evaluations.1.question-key");
  }

  @Test
  void whatFollowsFromAMistakeIsNotAnother() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate: {sources: [{path: z}]}
                pretrain: {global-batch: 8, slots: many}
                """))
        .contains("pretrain.slots is 'many', must be a whole number")
        .doesNotContain("divide");
  }

  @Test
  void aMistakeIsToldOnce() throws IOException {
    assertThat(
            problems(
                    """
                    name: x
                    output: y
                    curate:
                      sources: [{format: htlm}]
                      languages: {en: zh}
                      profile: webb
                    """)
                .lines()
                .map(line -> line.replaceAll("^.*run.yaml:", "")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).isEqualTo("4: curate.sources.0.path is missing"),
            line -> assertThat(line).startsWith("4: curate.sources.0.format is htlm"),
            line -> assertThat(line).startsWith("5: curate.languages is a section"),
            line -> assertThat(line).startsWith("6: curate.profile is webb"));
  }

  @Test
  void aMistakeOfTheCommandLineIsNotBlamedOnTheFile() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate: {sources: [{path: z}]}
                """,
                "nope=2",
                "pretrain.clip=-1"))
        .contains("--set: unknown key nope", "--set: pretrain.clip is -1.0")
        .doesNotContain("run.yaml:1");
  }

  @Test
  void theFolderOfAModelSaysItsWholeShape() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate: {sources: [{path: z}]}
                model:
                  from: base
                  layers: 6
                  heads: 4
                """))
        .contains(
            "run.yaml:6: model.layers stands beside model.from, which says it",
            "run.yaml:7: model.heads stands beside model.from")
        .doesNotContain("unknown");
  }

  @Test
  void aMixtureMayHavePhasesPartsTemperaturesAndCaps() throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: x
        output: y
        curate: {sources: [{path: z}]}
        mixture:
          weights:
            - {language: en, weight: 0.6, max-epochs: 2}
            - language: "zh*"
              weight: 0.4
              temperature: 2
              parts: [{domain: news}, {domain: "*"}]
          phases:
            - {share: 0.9}
            - {share: 0.1, weights: [0.2, 0.8]}
        """);
    MixtureConfig mixture =
        RunConfig.read(file.toString(), List.of("mixture.phases.1.weights.0=0.2")).mixture();
    assertThat(mixture.weights())
        .containsExactly(
            new Weight("*", "en", 0.6, 2, 0, List.of()),
            new Weight(
                "*",
                "zh*",
                0.4,
                0,
                2,
                List.of(new Weight("news", "*", Double.NaN), new Weight("*", "*", Double.NaN))));
    assertThat(mixture.phases())
        .containsExactly(new PhaseConfig(0.9, List.of()), new PhaseConfig(0.1, List.of(0.2, 0.8)));
  }

  @Test
  void documentsOfLargeClustersMayBeRepeated() throws IOException {
    String start = "name: x\noutput: y\ncurate: {sources: [{path: z}]}\n";
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, start + "shards:\n  rehydration: {2: 2, 100: 8, 1000: 1}\n");
    Rehydration read = RunConfig.read(file.toString(), List.of()).shards().rehydration();
    assertThat(read.times())
        .containsExactly(Map.entry(2, 2), Map.entry(100, 8), Map.entry(1000, 1));
    assertThat(problems(start + "shards:\n  rehydration: {2: twice}\n"))
        .contains("run.yaml:5: shards.rehydration has 2: twice, must be whole numbers");
  }

  @Test
  void aMixtureMayBeByEntropy() throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: x
        output: y
        curate: {sources: [{path: z}]}
        mixture:
          by: entropy
          entropy-tokens: 1M
          weights:
            - {language: en}
            - {language: "zh*", by: entropy, parts: [{domain: news}, {domain: "*"}]}
        """);
    MixtureConfig mixture = RunConfig.read(file.toString(), List.of()).mixture();
    assertThat(mixture.by()).isEqualTo(RatioBy.ENTROPY);
    assertThat(mixture.entropyTokens()).isEqualTo(1_000_000);
    assertThat(mixture.weights().get(1).by()).isEqualTo(RatioBy.ENTROPY);
    assertThat(mixture.wantsEntropies()).isTrue();
    Files.writeString(
        file, "name: x\noutput: y\ncurate: {sources: [{path: z}]}\nmixture: {by: entropy}\n");
    assertThat(RunConfig.read(file.toString(), List.of()).mixture().weights())
        .containsExactly(new Weight("*", "*", Double.NaN));
  }

  @Test
  void mistakesInAMixtureSayWhereTheyAreAndHowToMendThem() throws IOException {
    String start = "name: x\noutput: y\ncurate: {sources: [{path: z}]}\nmixture:\n";
    assertThat(
            problems(
                start
                    + """
                      weights:
                        - {language: en, weight: 0.6}
                        - {language: zh, weight: 0.4}
                      phases:
                        - {share: 0.9, weights: [0.5, 0.4]}
                        - {share: 0, weights: [0.5, 0.5]}
                        - {share: 0.1, weights: [0.5, much]}
                    """))
        .contains(
            "run.yaml:9: mixture.phases.0.weights sum to 0.9, must sum to 1; multiplied by 1.111111",
            "run.yaml:10: mixture.phases.1.share is 0.0, must be above 0 and at most 1",
            "run.yaml:11: mixture.phases.2.weights is [0.5, much], must be a list of numbers");
    assertThat(
            problems(
                start
                    + """
                      weights:
                        - {language: en, weight: 0.6}
                        - {language: zh, weight: 0.4}
                      phases: [{share: 0.9}, {share: 0.1, weights: [1.0]}]
                    """))
        .contains(
            "run.yaml:8: mixture.phases have 1 weights in phase 2, must have 2: one for each line");
    assertThat(
            problems(
                start
                    + """
                      temperature: 0.5
                      weights:
                        - language: zh
                          weight: 1
                          max-epochs: -2
                          parts: [{domain: news, weight: 0.3}]
                    """))
        .contains(
            "run.yaml:5: mixture.temperature is 0.5, must be 0 for weights as given, or 1 to 1000",
            "run.yaml:9: mixture.weights.0.max-epochs of */zh is -2.0, must be above 0",
            "run.yaml:10: mixture.weights.0.parts of */zh sum to 0.3, must sum to 1")
        .doesNotContain("is empty");
    assertThat(problems(start + "  temperature: 2\n  weights: [{language: en, weight: 1}]\n"))
        .contains("mixture.weights have a weight for */en beside mixture.temperature");
    assertThat(problems(start + "  by: entropy\n  temperature: 2\n"))
        .contains("run.yaml:6: mixture.temperature is 2.0, but by is entropy");
    assertThat(problems(start + "  by: entropy\n  weights: [{weight: 1}]\n"))
        .contains("mixture.weights have a weight for */* beside mixture.by: entropy");
    assertThat(problems(start + "  by: size\n  entropy-tokens: 0\n"))
        .contains(
            "run.yaml:5: mixture.by is 'size', must be one of weight, entropy",
            "run.yaml:6: mixture.entropy-tokens is 0, must be at least 1");
    assertThat(problems(start + "  weights: [{language: en}]\n"))
        .contains("mixture.weights have no weight for */en; say it, or mixture.temperature");
  }

  @Test
  void aTrainingMayChangeTheWeightsOfItsMixture() throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: x
        output: y
        curate: {sources: [{path: z}]}
        pretrain:
          online-mixing:
            method: dynamic-loading
            interval: 50
            targets: [{language: en, loss: 2.9}, {domain: news, language: "zh*", loss: 3.1}]
        """);
    assertThat(RunConfig.read(file.toString(), List.of()).onlineMixing())
        .isEqualTo(
            new OnlineMixingConfig(
                Method.DYNAMIC_LOADING,
                50,
                1,
                1e-4,
                List.of(new LossTarget("*", "en", 2.9), new LossTarget("news", "zh*", 3.1)),
                ""));
  }

  @Test
  void mistakesInOnlineMixingSayHowToMendThem() throws IOException {
    String start =
        "name: x\noutput: y\ncurate: {sources: [{path: z}]}\npretrain:\n  online-mixing:\n";
    assertThat(problems(start + "    method: doremi\n    interval: 0\n    floor: 2\n"))
        .contains(
            "run.yaml:7: pretrain.online-mixing.interval is 0, must be at least 1 step",
            "run.yaml:8: pretrain.online-mixing.floor is 2.0, must be above 0 and below 1",
            "pretrain.online-mixing.reference is missing, which doremi compares its losses with");
    assertThat(problems(start + "    method: dynamic-loading\n"))
        .contains("pretrain.online-mixing.targets are missing; give each component a loss");
    assertThat(
            problems(
                start
                    + "    method: dynamic-loading\n    reference: base\n    targets: [{loss: 2}]\n"))
        .contains("run.yaml:8: pretrain.online-mixing.targets stand beside reference");
    assertThat(
            problems(
                start
                    + "    method: dynamic-loading\n    targets: [{language: en, loss: low}, {loss: -1}]\n"))
        .contains(
            "run.yaml:7: pretrain.online-mixing.targets.0.loss is 'low', must be a number",
            "run.yaml:7: pretrain.online-mixing.targets.1.loss is -1.0, must be above 0")
        .doesNotContain("unknown");
    assertThat(
            problems(
                start
                    + "    method: doremi\n    reference: base\n"
                    + "mixture: {phases: [{share: 0.5}, {share: 0.5}]}\n"))
        .contains(
            "pretrain.online-mixing.method stands beside mixture.phases, which fix the ratios in advance; remove one");
  }

  @Test
  void muonIsAskedForByItsName() throws IOException {
    String start = "name: x\noutput: y\ncurate: {sources: [{path: z}]}\noptimizer:\n";
    Path file = folder.resolve("muon.yaml");
    Files.writeString(file, start + "  kind: muon\n  momentum: 0.9\n  weight-decay: 0.05\n");
    RunConfig config = RunConfig.read(file.toString(), List.of());
    assertThat(config.muon()).isEqualTo(new MuonConfig(true, 0.9));
    assertThat(config.optimizer().weightDecay()).isEqualTo(0.05);
    Files.writeString(file, start + "  beta2: 0.98\n");
    assertThat(RunConfig.read(file.toString(), List.of()).muon()).isEqualTo(MuonConfig.none());
    assertThat(problems(start + "  kind: lion\n"))
        .contains("run.yaml:5: optimizer.kind is 'lion', must be one of adamw, muon");
    assertThat(problems(start + "  kind: muon\n  momentum: 1\n"))
        .contains("run.yaml:6: optimizer.momentum is 1.0, must be at least 0 and below 1");
    assertThat(problems(start + "  momentum: 0.9\n"))
        .contains(
            "run.yaml:5: optimizer.momentum is Muon's; remove it, or set optimizer.kind to muon");
  }

  @Test
  void spikesMayBeSkippedOrReplaced() throws IOException {
    String start = "name: x\noutput: y\ncurate: {sources: [{path: z}]}\npretrain:\n";
    Path file = folder.resolve("spikes.yaml");
    Files.writeString(file, start + "  spikes: {policy: replace, window: 64, sigma: 4.5}\n");
    assertThat(RunConfig.read(file.toString(), List.of()).spikes())
        .isEqualTo(new SpikesConfig(SpikesConfig.Policy.REPLACE, 64, 4.5));
    Files.writeString(file, start + "  spikes: {policy: off}\n");
    assertThat(RunConfig.read(file.toString(), List.of()).spikes()).isEqualTo(SpikesConfig.off());
    assertThat(problems(start + "  spikes: {policy: drop, window: 4, sigma: 0, steps: 3}\n"))
        .contains(
            "run.yaml:5: pretrain.spikes.policy is 'drop', must be one of off, skip, replace",
            "run.yaml:5: pretrain.spikes.window is 4, must be at least 8 steps; 128 is usual",
            "run.yaml:5: pretrain.spikes.sigma is 0.0, must be above 0 standard deviations; 6 is usual",
            "run.yaml:5: unknown key pretrain.spikes.steps; known here: policy, window, sigma");
    assertThat(
            problems(
                start
                    + "  spikes: {policy: replace}\n"
                    + "  online-mixing: {method: dynamic-loading, targets: [{loss: 2}]}\n"))
        .contains(
            "run.yaml:5: pretrain.spikes.policy is replace",
            "set it to skip, or remove online-mixing");
  }

  @Test
  void zLossAndRecomputationAreOptions() throws IOException {
    String start = "name: x\noutput: y\ncurate: {sources: [{path: z}]}\npretrain:\n";
    Path file = folder.resolve("options.yaml");
    Files.writeString(file, start + "  z-loss: 1e-4\n  recompute: true\n");
    RunConfig config = RunConfig.read(file.toString(), List.of());
    assertThat(config.pretrain().zLoss()).isEqualTo(1e-4);
    assertThat(config.pretrain().recompute()).isTrue();
    assertThat(problems(start + "  z-loss: -1\n"))
        .contains("run.yaml:5: pretrain.z-loss is -1.0, must be at least 0 and below 1");
  }

  @Test
  void slowNetworksNeedTheNumberOfWorkersAndWholeRounds() throws IOException {
    String start = "name: x\noutput: y\ncurate: {sources: [{path: z}]}\npretrain:\n";
    String two = "workers: {workers: 2}\n";
    Path file = folder.resolve("slow.yaml");
    Files.writeString(
        file,
        start
            + "  compression: int8\n  local-steps: 50\n  outer-momentum: 0.8\n  checkpoint-interval: 500\n"
            + two);
    assertThat(RunConfig.read(file.toString(), List.of()).exchange())
        .isEqualTo(new ExchangeConfig(Compression.INT8, 50, 0.7, 0.8, 2));
    Files.writeString(file, start + "  clip: 1\n" + two);
    assertThat(RunConfig.read(file.toString(), List.of()).exchange())
        .isEqualTo(ExchangeConfig.synchronous());
    assertThat(problems(start + "  compression: int4\n" + two))
        .contains("run.yaml:5: pretrain.compression is 'int4', must be one of none, bf16, int8");
    assertThat(problems(start + "  compression: bf16\n"))
        .contains("run.yaml:5: pretrain.compression needs workers.workers, as the result depends");
    assertThat(problems(start + "  local-steps: 0\n  outer-learning-rate: 0\n"))
        .contains(
            "run.yaml:5: pretrain.local-steps is 0, must be at least 1",
            "run.yaml:6: pretrain.outer-learning-rate is 0.0, must be above 0; 0.7 is usual");
    assertThat(problems(start + "  local-steps: 100\n" + two))
        .contains(
            "run.yaml:5: pretrain.local-steps 100 does not divide pretrain.checkpoint-interval 250",
            "try an interval of 300");
  }

  private String problems(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, yaml);
    Throwable refused = catchThrowable(() -> RunConfig.read(file.toString(), List.of(overrides)));
    assertThat(refused).isInstanceOf(ConfigurationException.class);
    return refused.getMessage();
  }
}
