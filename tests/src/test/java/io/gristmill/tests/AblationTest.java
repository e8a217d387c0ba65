package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ablation by the command: undisturbed, killed and started again, and with a lost executor. */
class AblationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRAININGS = 6; // a trunk, four ratios, one foretold
  private static final long MOST_WAIT_NANOS = 180_000_000_000L;

  @TempDir private static Path folder;
  private static Path corpus;
  private static Path prepared;
  private static Path undisturbed;
  private static String output;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    corpus = Files.createDirectories(folder.resolve("corpus"));
    SmallCorpus.write(corpus);
    prepared = Files.createDirectories(folder.resolve("prepared"));
    Command.Result road = Command.brief("run", config(prepared).toString(), "--to", "tokenize");
    assertThat(road.status()).as(road.output()).isZero();
    undisturbed = copy("undisturbed");
    Command.Result run = Command.gristmill("ablate", config(undisturbed).toString());
    assertThat(run.status()).as(run.output()).isZero();
    output = run.output();
  }

  @Test
  void theAnswerIsToldAndWritten() throws Exception {
    assertThat(output)
        .contains("6 trainings, 2 at a time")
        .contains("small, R 0.5: foretold general")
        .contains("[6/6] small, R 0.5, seed 1")
        .contains("tolerance 0.05: ")
        .contains("law of the size: 1 size: no law of the size follows");
    JsonNode size = answer(undisturbed).path("sizes").path(0);
    assertThat(size.path("ratios")).hasSize(4);
    assertThat(size.path("trainings")).hasSize(TRAININGS);
    assertThat(size.path("measures")).hasSize(5 * 2);
    assertThat(size.path("laws").path("general_over_ratio").path("parameters")).isNotEmpty();
    JsonNode prediction = size.path("predictions").path(0);
    assertThat(prediction.path("ratio").asDouble()).isEqualTo(0.5);
    // the law was fitted to trainings beside it, so it is near, though the model is tiny
    assertThat(prediction.path("relative_error").path("general").asDouble()).isBetween(-0.01, 0.01);
    assertThat(Files.readString(undisturbed.resolve("out/ablation/prediction-small.json")))
        .contains(prediction.path("predicted").path("general").asText());
    String page = Files.readString(undisturbed.resolve("out/ablation/ablation.html"));
    assertThat(page).contains("</html>").contains("small over tokens").doesNotContain("NaN");
  }

  @Test
  void allRatiosBeginFromTheSameModel() throws Exception {
    SortedMap<String, JsonNode> trainings = trainings(undisturbed);
    List<JsonNode> firsts =
        trainings.entrySet().stream()
            .filter(own -> !own.getKey().contains("trunk"))
            .map(own -> own.getValue().path("measures").path(0))
            .toList();
    assertThat(firsts).hasSize(TRAININGS - 1).allMatch(first -> first.equals(firsts.getFirst()));
    assertThat(firsts.getFirst().path("step").asInt()).isZero();
    JsonNode trunk =
        trainings.entrySet().stream()
            .filter(own -> own.getKey().contains("trunk"))
            .map(own -> own.getValue().path("measures").path(0))
            .findFirst()
            .orElseThrow();
    assertThat(firsts.getFirst().path("groups")).isEqualTo(trunk.path("groups"));
  }

  @Test
  void aChangedQuestionTrainsOnlyWhatIsNew() throws Exception {
    Path changed = folder.resolve("changed");
    copy(undisturbed.resolve("out"), changed.resolve("out"));
    Map<String, FileTime> before = times(changed);
    Command.Result run =
        Command.gristmill(
            "ablate",
            config(changed).toString(),
            "--set",
            "ablate.tolerances.0=0.02",
            "--set",
            "ablate.ratios.3=0.9");
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("ablate: again, since ablate.design.ratios.3 changed from 0.8 to 0.9")
        .contains("tolerance 0.02: ");
    Map<String, FileTime> after = times(changed);
    assertThat(after).containsAllEntriesOf(before).hasSize(TRAININGS + 1);
  }

  @Test
  void decaysBranchOffFromOneStablePart() throws Exception {
    Path decayed = copy("decayed");
    Command.Result run =
        Command.gristmill(
            "ablate",
            config(decayed).toString(),
            "--set",
            "schedule.kind=wsd",
            "--set",
            "schedule.decay=0.5",
            "--set",
            "ablate.trunk.tokens=0",
            "--set",
            "ablate.tokens=4096");
    assertThat(run.status()).as(run.output()).isZero();
    // five ratios, each a stable part and a decay for each of two measurements
    assertThat(run.output()).contains("20 trainings").contains("R 0.2, seed 1, decay-2: general");
    JsonNode size = answer(decayed).path("sizes").path(0);
    assertThat(size.path("start").asText()).isEqualTo("random weights");
    assertThat(size.path("measures")).hasSize(5 * 2);
    double first = size.path("measures").path(0).path("general").asDouble();
    assertThat(size.path("measures").path(1).path("general").asDouble()).isLessThan(first);
  }

  @Test
  void randomMixturesEndInWeightsToPaste() throws Exception {
    Path mixed = copy("mixed");
    Path file = config(mixed);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("  domain: stories\\n", "  mixtures: 6\n  predict-mixtures: 1\n")
            .replaceFirst("  ratios: .*\\n", "")
            .replaceFirst("  predict: .*\\n", "")
            .replaceFirst("  measurements: 2\\n", "  measurements: 1\n")
            .replaceFirst("  tolerances: .*\\n", "")
            .replaceFirst("  trunk: .*\\n", ""));
    Command.Result run = Command.gristmill("ablate", file.toString());
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("7 trainings")
        .contains("recommended mixture.weights:")
        .contains("- {domain: \"web\", language: \"*\", weight: 0.");
    JsonNode size = answer(mixed).path("sizes").path(0);
    assertThat(size.path("mixtures")).hasSize(6);
    assertThat(size.path("mixtures").path(0).path("weights").path(0).asDouble()).isEqualTo(0.5);
    assertThat(size.path("predictions")).hasSize(1);
    JsonNode shares = size.path("advice").path("recommended").path("weights");
    assertThat(shares.path(0).asDouble() + shares.path(1).asDouble()).isBetween(0.9999, 1.0001);
    String page = Files.readString(mixed.resolve("out/ablation/ablation.html"));
    assertThat(page).contains("</html>").contains("small: the answer").doesNotContain("NaN");
  }

  @Test
  void killedHalfWayItGoesOnToTheSameBits() throws Exception {
    Path killed = copy("killed");
    Process first = start(killed);
    awaitMeasures(killed, 2);
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    Map<String, FileTime> finished = times(killed);
    assertThat(finished).hasSizeBetween(2, TRAININGS - 1);

    Command.Result again = Command.gristmill("ablate", config(killed).toString());
    assertThat(again.status()).as(again.output()).isZero();
    assertThat(again.output()).contains("ablate: resuming what was interrupted");
    assertThat(times(killed)).containsAllEntriesOf(finished).hasSize(TRAININGS);
    assertSameAnswer(killed);
  }

  @Test
  void aLostExecutorCostsOneTraining() throws Exception {
    Path clustered = copy("clustered");
    Path log = folder.resolve("clustered.log");
    try (SmallCluster cluster = SmallCluster.start(folder.resolve("cluster"))) {
      Process run =
          Command.start(
              "gristmill",
              cluster.environment(),
              cluster.on("ablate", config(clustered).toString()),
              log);
      awaitMeasures(clustered, 2);
      cluster.executor().destroyForcibly();
      assertThat(run.waitFor(4, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
      String told = Files.readString(log);
      assertThat(run.exitValue()).as(told).isZero();
      assertThat(told).contains("2 at a time");
      assertThat(told.lines().filter(line -> line.contains("training failed and begins again")))
          .as(told)
          .hasSizeLessThanOrEqualTo(1);
    }
    assertSameAnswer(clustered);
  }

  @Test
  void whatCannotBeAnsweredIsRefusedBeforeAnythingIsTrained() throws Exception {
    Path bad = copy("bad");
    refused(bad, "ablate.domain=news")
        .contains("ablate.domain is news: the lines of mixture.weights with this domain have");
    refused(bad, "ablate.tokens=1G")
        .contains("small, R 0.2, seed 1 needs 1,000,000")
        .contains("the mixture has")
        .contains("raise mixture.max-epochs, or leave the ratio out");
    refused(bad, "ablate.ratios.0=1.5").contains("ablate.ratios has 1.5, must be 0 to 1");
    refused(bad, "model.from=nowhere").contains("stands beside ablate.trunk");
    assertThat(bad.resolve("out/ablation-trainings")).doesNotExist();
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refused(Path run, String set)
      throws Exception {
    Command.Result result = Command.brief("ablate", config(run).toString(), "--set", set);
    assertThat(result.status()).as(result.output()).isEqualTo(2);
    return assertThat(result.output());
  }

  /** The same figures and the same models; only what they cost and where they lie may differ. */
  private static void assertSameAnswer(Path run) throws IOException {
    assertThat(withoutCost(answer(run))).isEqualTo(withoutCost(answer(undisturbed)));
  }

  private static JsonNode withoutCost(JsonNode answer) {
    ObjectNode copy = answer.deepCopy();
    copy.remove("cost");
    copy.findParents("core_seconds")
        .forEach(own -> ((ObjectNode) own).remove(List.of("core_seconds", "checkpoint")));
    return copy;
  }

  private static JsonNode answer(Path run) throws IOException {
    return JSON.readTree(run.resolve("out/ablation/ablation.json").toFile());
  }

  private static SortedMap<String, JsonNode> trainings(Path run) throws IOException {
    var trainings = new TreeMap<String, JsonNode>();
    for (Path file : measures(run)) {
      trainings.put(file.getParent().getFileName().toString(), JSON.readTree(file.toFile()));
    }
    return trainings;
  }

  private static Map<String, FileTime> times(Path run) throws IOException {
    var times = new TreeMap<String, FileTime>();
    for (Path file : measures(run)) {
      times.put(file.getParent().getFileName().toString(), Files.getLastModifiedTime(file));
    }
    return times;
  }

  private static List<Path> measures(Path run) throws IOException {
    Path trainings = run.resolve("out/ablation-trainings");
    if (!Files.exists(trainings)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(trainings)) {
      return folders
          .map(own -> own.resolve("measures.json"))
          .filter(AblationTest::isWhole)
          .toList();
    }
  }

  /** Whoever is killed while it writes leaves half a file, and trains that one again. */
  private static boolean isWhole(Path measures) {
    try {
      return JSON.readTree(measures.toFile()).has("measures");
    } catch (IOException absentOrHalf) {
      return false;
    }
  }

  private static void awaitMeasures(Path run, int count) throws Exception {
    long start = System.nanoTime();
    while (measures(run).size() < count) {
      assertThat(System.nanoTime() - start).isLessThan(MOST_WAIT_NANOS);
      Thread.sleep(50);
    }
  }

  private static Process start(Path run) throws IOException {
    return Command.start(
        "gristmill",
        Map.of(),
        List.of("ablate", config(run).toString(), "--master", "local[2]"),
        folder.resolve("killed.log"));
  }

  private static Path copy(String name) throws IOException {
    Path run = folder.resolve(name);
    copy(prepared.resolve("out"), run.resolve("out"));
    return run;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static Path config(Path run) throws IOException {
    Files.createDirectories(run);
    Path file = run.resolve("ablation.yaml");
    Files.writeString(
        file,
        """
        name: small
        output: %s
        seed: 7
        %s
        tokenizer: {vocabulary-size: 512}
        shards: {validation-fraction: 0.15}
        mixture:
          weights:
            - {domain: web, weight: 0.5}
            - {domain: stories, weight: 0.5}
          sequence-length: 64
        pretrain: {global-batch: 8, micro-batch: 1, slots: 8, validation-tokens: 512}
        schedule: {kind: constant, peak: 1e-3, warmup: 0}
        ablate:
          domain: stories
          ratios: [0.2, 0.4, 0.6, 0.8]
          predict: [0.5]
          seeds: [1]
          tokens: 2048
          measurements: 2
          tolerances: [0.01, 0.05]
          sizes:
            - {name: small, hidden-size: 32, layers: 2, heads: 2, intermediate-size: 64}
          trunk: {tokens: 4096, schedule: {kind: wsd, peak: 3e-3, minimum-ratio: 0.3}}
        """
            .formatted(run.resolve("out"), SmallCorpus.curation(corpus)));
    return file;
  }
}
