package io.gristmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.plan.Plan;
import io.gristmill.jobs.plan.Planner;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Manifest;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.StageRunner;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.spark.MeasuredMixture;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.exchange.ImportSource;
import io.gristmill.tokenization.exchange.ShardExport;
import io.gristmill.tokenization.exchange.ShardImport;
import io.gristmill.tokenization.exchange.TokenFormat;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.quality.QualityConfig;
import io.gristmill.tokenization.quality.Sample;
import io.gristmill.tokenization.quality.TokenizerQuality;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shards made, counted, reported on, renamed, exported and imported through their stages. */
@ExtendWith(SparkTest.class)
class ShardJobsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void makeShards(SparkSession spark) throws IOException {
    RunConfig config = config("out");
    run(
        spark,
        new MadeUpDocuments(spark, config.folders().documents()),
        new TrainTokenizer(spark, config, Console.standardError()),
        new Tokenize(spark, config));
  }

  @Test
  void tokensAreCountedWithoutShards(SparkSession spark) throws IOException {
    RunConfig config = config("out");
    CountTokens count = new CountTokens(spark, config, config.folders().tokenizer(), 1);
    run(spark, count);
    ShardIndex index = index(config);
    JsonNode counted = counted();
    assertThat(counted.path("groups")).hasSize(index.groups().size());
    for (int i = 0; i < index.groups().size(); i++) {
      ShardGroup group = index.groups().get(i);
      JsonNode found = counted.path("groups").get(i);
      assertThat(found.path("domain").asText()).isEqualTo(group.domain());
      assertThat(found.path("documents").asLong()).isEqualTo(group.documents());
      assertThat(found.path("bytes").asLong()).isEqualTo(group.bytes());
      assertThat(found.path("tokens").asLong()).isEqualTo(group.tokens());
    }
    assertThat(count.table()).hasSize(index.groups().size() + 2);
    assertThat(count.table().get(1)).startsWith("train      books");

    CountTokens sampled = new CountTokens(spark, config, config.folders().tokenizer(), 0.3);
    run(spark, sampled);
    long all = index.groups().stream().mapToLong(ShardGroup::tokens).sum();
    long estimated = 0;
    for (JsonNode group : counted().path("groups")) {
      estimated += group.path("tokens").asLong();
    }
    assertThat((double) estimated / all).isBetween(0.8, 1.2);
    assertThatThrownBy(
            () -> run(spark, new CountTokens(spark, config, config.folders().tokenizer(), 1e-9)))
        .hasMessage("none of 200 documents is in a sample of 1.0E-9; take a larger one");
    run(spark, sampled);
    assertThat(sampled.table().getLast()).contains("extrapolated by bytes from 30.0 %");
  }

  @Test
  void theTokenizerReportCountsTheTokensOfTheShards(SparkSession spark) throws IOException {
    RunConfig config = config("out");
    var asked =
        new TokenizerReport.Asked(
            List.of(config.folders().tokenizer()),
            new QualityConfig(new Sample(1), 100, 20),
            List.of(),
            0);
    run(spark, new TokenizerReport(spark, config, asked, Console.standardError()));
    JsonNode tokenizers =
        new ObjectMapper()
            .readTree(folder.resolve("out/tokenizer-quality/quality.json").toFile())
            .path("tokenizers");
    assertThat(tokenizers).hasSize(2);
    assertThat(tokenizers.get(0).path("name").asText()).isEqualTo("this run");
    assertThat(tokenizers.get(1).path("name").asText()).endsWith("/out/tokenizer");
    assertThat(tokenizers.get(1).path("measures")).isEqualTo(tokenizers.get(0).path("measures"));
    long tokens = 0;
    for (JsonNode measures : tokenizers.get(0).path("measures")) {
      if (!measures.path("domain").asText().equals(TokenizerQuality.ALL)) {
        tokens += measures.path("tokens").asLong() + measures.path("documents").asLong();
      }
    }
    assertThat(tokens)
        .as("with a token at the end of each document")
        .isEqualTo(sum(index(config)).get(1));
    assertThat(folder.resolve("out/tokenizer-quality/quality.html")).isNotEmptyFile();

    log.clear();
    var again = new TokenizerReport(spark, config, asked, Console.standardError());
    run(spark, again);
    assertThat(again.summary()).hasSize(1 + 4 + 2 + 1);
    assertThat(log).containsExactly("[1/1] tokenizer-report: up to date");
    var beyond =
        new TokenizerReport.Asked(
            List.of(), asked.quality(), List.of(300, 305, 4000), asked.trainingCharacters());
    assertThatThrownBy(
            () -> run(spark, new TokenizerReport(spark, config, beyond, Console.standardError())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "--sweep has 4,000 tokens, must be \\d+ \\(no merge\\) to \\d+ \\(all that the text gives\\)");
  }

  @Test
  void domainsAreRenamedWithoutEncodingAgain(SparkSession spark) throws IOException {
    ShardIndex before = index(config("out"));
    Manifest made = Manifest.read(config("out").folders().shards(), HADOOP).orElseThrow();
    RunConfig renamed =
        config(
            "out",
            "shards.domains.web=general",
            "shards.domains.books=general",
            "mixture.weights=[{domain: general, weight: 1}]");
    log.clear();
    run(spark, new Tokenize(spark, renamed), new Mix(spark, renamed, Console.standardError()));
    assertThat(log.get(0))
        .startsWith(
            "[1/2] tokenize: domains renamed, nothing encoded again: general/en (from books");
    ShardIndex after = index(renamed);
    assertThat(after.groups()).extracting(ShardGroup::mixtureDomain).containsOnly("general");
    assertThat(after.groups())
        .extracting(ShardGroup::files)
        .isEqualTo(before.groups().stream().map(ShardGroup::files).toList());
    Mixture mixture =
        MixtureJson.read(
            new org.apache.hadoop.fs.Path(renamed.folders().mixture(), MixtureJson.NAME), HADOOP);
    assertThat(mixture.components()).hasSize(1);
    assertThat(mixture.components().get(0).groups())
        .as("groups of one name stay apart, each with its own shuffle")
        .hasSize(after.groups(Split.TRAIN).size());

    log.clear();
    run(spark, new Tokenize(spark, renamed), new Mix(spark, renamed, Console.standardError()));
    assertThat(log).containsExactly("[1/2] tokenize: up to date", "[2/2] mix: up to date");
    // Killed between shards.json and the manifest: the names are there, the manifest follows.
    Shards.publish(renamed.folders().shards(), before, HADOOP);
    log.clear();
    run(spark, new Tokenize(spark, config("out")));
    assertThat(log).containsExactly("[1/1] tokenize: up to date");
    assertThat(Manifest.read(renamed.folders().shards(), HADOOP)).contains(made);
    assertThatThrownBy(
            () -> run(spark, new Tokenize(spark, config("out", "shards.domains.wbe=general"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shards.domains renames wbe, which no document has; the domains are [books, web]");
  }

  @Test
  void stepsThatEndBeforeTheLastPhaseAreTold(SparkSession spark) throws IOException {
    RunConfig config =
        config("out", "mixture.total-tokens=8000", "mixture.phases=[{share: 0.9}, {share: 0.1}]");
    run(spark, new Mix(spark, config, Console.standardError()));
    Mixture mixture =
        MixtureJson.read(
            new org.apache.hadoop.fs.Path(config.folders().mixture(), MixtureJson.NAME), HADOOP);
    assertThat(mixture.sequences()).isEqualTo(1000);
    assertThat(lostPhases(mixture, 9))
        .contains(
            "  9 steps end after 900 of the 1,000 sequences of the mixture, in phase 1 of 2: the ratio of the last is never trained on; leave pretrain.steps at 0, or set mixture.total-tokens to 7,200 and mix again");
    assertThat(lostPhases(mixture, 10)).isEmpty();
    assertThat(lostPhases(mixture, 0)).isEmpty();
    RunConfig one = config("out", "mixture.total-tokens=8000");
    run(spark, new Mix(spark, one, Console.standardError()));
    Mixture constant =
        MixtureJson.read(
            new org.apache.hadoop.fs.Path(one.folders().mixture(), MixtureJson.NAME), HADOOP);
    assertThat(lostPhases(constant, 5)).isEmpty();
  }

  private Optional<String> lostPhases(Mixture mixture, int steps) throws IOException {
    RunConfig config =
        config(
            "steps",
            "pretrain.steps=" + steps,
            "pretrain.global-batch=100",
            "pretrain.slots=4",
            "pretrain.micro-batch=1");
    return Pretrain.lostPhases(mixture, config.pretrain());
  }

  @Test
  void weightsByEntropyAreMeasuredOnTheShards(SparkSession spark) throws IOException {
    RunConfig config =
        config(
            "out",
            "mixture.by=entropy",
            "mixture.entropy-tokens=1000",
            "mixture.weights=[{domain: web}, {domain: books}]");
    run(spark, new Mix(spark, config, Console.standardError()));
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(config.folders().mixture(), MixtureJson.NAME);
    Mixture mixture = MixtureJson.read(file, HADOOP);
    assertThat(mixture.entropies())
        .extracting(Mixture.Entropy::line)
        .containsExactly("web/*", "books/*");
    assertThat(mixture.entropies())
        .allSatisfy(
            entropy -> {
              assertThat(entropy.measured().tokens()).isEqualTo(1000);
              assertThat(entropy.measured().nats()).isBetween(0.1, 3.0);
            });
    for (int i = 0; i < 2; i++) {
      assertThat(mixture.components().get(i).share())
          .isEqualTo(mixture.entropies().get(i).weight());
    }
    double odds =
        Math.exp(
            mixture.entropies().get(0).measured().nats()
                - mixture.entropies().get(1).measured().nats());
    assertThat(mixture.entropies().get(0).weight()).isCloseTo(odds / (1 + odds), within(1e-6));
    log.clear();
    run(spark, new Mix(spark, config, Console.standardError()));
    assertThat(log).containsExactly("[1/1] mix: up to date");
    RunConfig described =
        config(
            "out",
            "mixture.by=entropy",
            "mixture.entropy-tokens=1000",
            "mixture.weights=[{domain: web}, {domain: books}]",
            "pretrain.steps=1",
            "plan.cluster.gigaflops=1");
    var planner =
        new Planner(
            described,
            HADOOP,
            shards -> MeasuredMixture.plan(spark, described.mixture(), shards),
            log::add);
    assertThat(planner.plan().data().components())
        .extracting(Plan.Component::share)
        .containsExactlyElementsOf(
            mixture.components().stream().map(Mixture.Component::share).toList());
  }

  @Test
  void shardsGoToAnotherTrainerAndComeBack(SparkSession spark) throws IOException {
    RunConfig config = config("out");
    org.apache.hadoop.fs.Path exported = hadoop("exported");
    run(
        spark,
        new ExportShards(spark, config, new ShardExport(TokenFormat.MEGATRON, true), exported));
    Manifest manifest = Manifest.read(exported, HADOOP).orElseThrow();
    assertThat(manifest.files())
        .extracting(file -> file.path())
        .containsExactly("tokens.json", "train.bin", "train.idx", "val.bin", "val.idx");

    RunConfig other = config("other");
    var source = new ImportSource(exported.toString(), "foreign", "en");
    run(
        spark,
        new AdoptTokenizer(spark, other, config.folders().tokenizer()),
        new ImportShards(spark, other, new ShardImport(TokenFormat.MEGATRON, List.of(source))),
        new Mix(spark, other, Console.standardError()));
    ShardIndex index = index(other);
    assertThat(index.tokenizerSha256()).isEqualTo(index(config).tokenizerSha256());
    assertThat(sum(index)).isEqualTo(sum(index(config)));
    assertThat(log).last().asString().startsWith("[3/3] mix: done in ");
  }

  @Test
  void aTokenizerIsExtendedOrTakenAsItIs(SparkSession spark) throws IOException {
    RunConfig small = configWith("small", "{vocabulary-size: 290}");
    run(spark, documents(spark, small), Road.tokenizer(spark, small, Console.standardError()));
    Tokenizer base = TokenizerFiles.read(small.folders().tokenizer(), HADOOP);

    RunConfig larger =
        configWith(
            "larger",
            "{extends: %s, vocabulary-size: 300}".formatted(folder.resolve("small/tokenizer")));
    run(spark, documents(spark, larger), Road.tokenizer(spark, larger, Console.standardError()));
    Tokenizer extended = TokenizerFiles.read(larger.folders().tokenizer(), HADOOP);
    assertThat(extended.vocabularySize()).isEqualTo(300);
    for (int id = 0; id < base.vocabularySize(); id++) {
      assertThat(extended.bytesOf(id)).isEqualTo(base.bytesOf(id));
    }

    RunConfig taken =
        configWith("taken", "{from: %s}".formatted(folder.resolve("larger/tokenizer")));
    run(
        spark,
        documents(spark, taken),
        Road.tokenizer(spark, taken, Console.standardError()),
        new Tokenize(spark, taken));
    assertThat(index(taken).tokenizerSha256()).isEqualTo(extended.sha256());
    assertThat(index(taken).vocabularySize()).isEqualTo(300);
    run(spark, Road.tokenizer(spark, taken, Console.standardError()));
    assertThat(log).last().asString().endsWith("up to date");
  }

  @Test
  void whatAGivenTokenizerSaysIsNotSaidAgain() {
    assertThatThrownBy(() -> configWith("x", "{from: base, vocabulary-size: 300}"))
        .hasMessageContaining(
            "tokenizer.vocabulary-size stands beside tokenizer.from, which says it; remove one");
    assertThatThrownBy(() -> configWith("x", "{extends: base, pretokenizer: gpt-2}"))
        .hasMessageContaining(
            "tokenizer.pretokenizer stands beside tokenizer.extends, which says it; remove one");
  }

  private static MadeUpDocuments documents(SparkSession spark, RunConfig config) {
    return new MadeUpDocuments(spark, config.folders().documents());
  }

  private static List<Long> sum(ShardIndex index) {
    return List.of(
        index.groups().stream().mapToLong(ShardGroup::documents).sum(),
        index.groups().stream().mapToLong(ShardGroup::tokens).sum(),
        index.groups().stream().mapToLong(ShardGroup::bytes).sum());
  }

  private void run(SparkSession spark, Stage... stages) throws IOException {
    new StageRunner(spark, log::add).run(List.of(stages));
  }

  private ShardIndex index(RunConfig config) throws IOException {
    return Shards.open(config.folders().shards(), HADOOP).index();
  }

  private JsonNode counted() throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("out/token-counts/token-counts.json").toFile());
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private RunConfig config(String output, String... overrides) throws IOException {
    return configWith(output, "{vocabulary-size: 400}", overrides);
  }

  private RunConfig configWith(String output, String tokenizer, String... overrides)
      throws IOException {
    Path file = folder.resolve(output + ".yaml");
    Files.writeString(
        file,
        """
        name: shards
        output: %s
        seed: 7
        curate: {sources: [{path: unread}]}
        tokenizer: %s
        shards: {validation-fraction: 0.2}
        mixture: {sequence-length: 8}
        """
            .formatted(folder.resolve(output), tokenizer));
    return RunConfig.read(file.toString(), List.of(overrides));
  }
}
