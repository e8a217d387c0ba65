package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole road by the command: on threads of one process, then on a cluster of processes. */
class WholeRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path corpus;
  private static Path local;

  @BeforeAll
  static void runLocally() throws Exception {
    corpus = Files.createDirectories(folder.resolve("corpus"));
    SmallCorpus.write(corpus);
    local = Files.createDirectories(folder.resolve("local"));
    Command.Result run = Command.gristmill("run", SmallRun.write(local, corpus).toString());
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("[10/10] report: done").contains("held out: en");
  }

  @Test
  void everyRecordIsInTheLedger() throws Exception {
    JsonNode ledger =
        JSON.readTree(local.resolve("out/ledger/ledger.json").toFile()).path("records");
    // 2 x 48 pages, 2 copies, 1 in French; 48 lines of JSON and one that is none
    assertThat(ledger.path("in").asInt()).isEqualTo(99 + 49);
    assertThat(ledger.path("failed").size()).isEqualTo(1);
    assertThat(ledger.path("rejected").path("exact_duplicate").asInt()).isEqualTo(2);
    assertThat(ledger.path("rejected").path("language").asInt()).isEqualTo(1);
  }

  @Test
  void theModelWritesAndThePageIsComplete() throws Exception {
    List<String> texts = Files.readAllLines(local.resolve("out/generation/generations.jsonl"));
    assertThat(texts).hasSize(2).allSatisfy(line -> assertThat(line).doesNotContain("\uFFFD"));
    String page = Files.readString(local.resolve("out/report/report.html"));
    assertThat(page).contains("</html>").doesNotContain("src=\"http").contains("磨坊");
  }

  @Test
  void theSecondTimeAllIsUpToDate() throws Exception {
    Map<String, String> before = FileHashes.of(local.resolve("out"));
    Command.Result again = Command.brief("run", local.resolve("run.yaml").toString());
    assertThat(again.status()).as(again.output()).isZero();
    assertThat(again.output()).contains("all is up to date");
    assertThat(FileHashes.of(local.resolve("out"))).isEqualTo(before);
  }

  @Test
  void aChangedSettingMakesAgainWhatDependsOnIt() throws Exception {
    Path changed = Files.createDirectories(folder.resolve("changed"));
    Path config = SmallRun.write(changed, corpus);
    assertThat(Command.brief("run", config.toString(), "--to", "mix").status()).isZero();
    Command.Result again =
        Command.brief("run", config.toString(), "--to", "mix", "--set", "mixture.max-epochs=3");
    assertThat(again.output())
        .contains("tokenize: up to date")
        .contains("mix: again, since mixture.max-epochs changed from 8.0 to 3.0");
  }

  @Test
  void aModelIsExtendedAndTrainedOn() throws Exception {
    Path continued = Files.createDirectories(folder.resolve("continued"));
    Path model = local.resolve("out/training/checkpoints/step-000016");
    Path extended = continued.resolve("extended");
    Command.Result extension =
        Command.brief(
            "extend-model",
            "--model",
            model.toString(),
            "--tokenizer",
            local.resolve("out/tokenizer").toString(),
            "--output",
            extended.toString(),
            "--pad-to",
            "100");
    assertThat(extension.status()).as(extension.output()).isZero();
    assertThat(extension.output()).contains("600 rows, were 512; 0 new tokens");

    Path config = SmallRun.write(continued, corpus);
    String yaml = Files.readString(config);
    Files.writeString(
        config, yaml.replaceFirst("model: \\{[^}]*}", "model: {from: \"%s\"}".formatted(extended)));
    Command.Result run = Command.gristmill("run", config.toString(), "--to", "pretrain");
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("from the weights of file:" + extended);
    double first = Double.parseDouble(losses(local).getFirst());
    assertThat(Double.parseDouble(losses(continued).getFirst())).isLessThan(first);
  }

  @Test
  void aClusterOfProcessesMakesTheSameBytes() throws Exception {
    Path clustered = Files.createDirectories(folder.resolve("clustered"));
    Path config = SmallRun.write(clustered, corpus);
    try (SmallCluster cluster = SmallCluster.start(folder.resolve("cluster"))) {
      Command.Result run =
          Command.script("gristmill", cluster.environment(), cluster.on("run", config.toString()));
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("2 workers with 1 threads");
    }
    for (String stage : List.of("documents", "ledger", "tokenizer", "shards", "mixture")) {
      assertThat(FileHashes.of(clustered.resolve("out").resolve(stage)))
          .as(stage)
          .isEqualTo(FileHashes.of(local.resolve("out").resolve(stage)));
    }
    assertThat(weights(clustered)).isEqualTo(weights(local));
    assertThat(losses(clustered)).isEqualTo(losses(local));
  }

  private static String weights(Path run) throws IOException {
    Map<String, String> files = FileHashes.of(run.resolve("out/training/checkpoints/step-000016"));
    assertThat(files).containsKey("model.safetensors");
    return files.get("model.safetensors");
  }

  private static List<String> losses(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("out/training/metrics.jsonl"))) {
      return lines
          .map(WholeRunTest::read)
          .filter(line -> line.path("event").asText().equals("step"))
          .map(line -> line.path("loss").asText())
          .toList();
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException(line, e);
    }
  }
}
