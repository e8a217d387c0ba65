package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Curation makes the same bytes on a cluster and on one core, and when its deduplication loses
 * processes: executors while it runs, the command half way.
 */
class DedupFaultTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final long MOST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(3);

  /** Long enough for the driver to give the executor a task, which is lost with it. */
  private static final long FROZEN_MILLIS = 2_000;

  private static final int KILLED_BY_SIGNAL_9 = 128 + 9;

  @TempDir private static Path folder;
  private static Path corpus;
  private static Path undisturbed;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    corpus = Files.createDirectories(folder.resolve("corpus"));
    DuplicateCorpus.write(corpus);
    undisturbed = folder.resolve("undisturbed");
    Command.Result run = Command.brief("curate", config(undisturbed).toString());
    assertThat(run.status()).as(run.output()).isZero();
  }

  @Test
  void whatWasPlantedIsFound() throws Exception {
    JsonNode ledger =
        JSON.readTree(undisturbed.resolve("out/ledger/ledger.json").toFile()).path("records");
    assertThat(ledger.path("in").asInt()).isEqualTo(DuplicateCorpus.DOCUMENTS);
    JsonNode rejected = ledger.path("rejected");
    int families = 2 * DuplicateCorpus.FAMILIES;
    assertThat(rejected.path("exact_duplicate").asInt())
        .isEqualTo(families * DuplicateCorpus.COPIES);
    // the near copies, and of each chain some links but never all that hang together
    assertThat(rejected.path("near_duplicate").asInt())
        .isBetween(
            families * (DuplicateCorpus.COPIES + 2),
            families * (DuplicateCorpus.COPIES + DuplicateCorpus.CHAIN - 2));
  }

  @Test
  void killedExecutorsChangeNothing() throws Exception {
    Path clustered = folder.resolve("clustered");
    Path events = Files.createDirectories(folder.resolve("events"));
    Path log = folder.resolve("clustered.log");
    var random = new SplittableRandom(SEED);
    try (SmallCluster cluster = SmallCluster.start(folder.resolve("cluster"))) {
      Process run =
          Command.start(
              "gristmill",
              Command.BRIEF,
              Command.with(
                  cluster.on("curate", config(clustered).toString()),
                  "--conf",
                  "spark.sql.shuffle.partitions=7",
                  "--conf",
                  "spark.sql.adaptive.enabled=false",
                  "--conf",
                  "spark.sql.files.maxPartitionBytes=256k",
                  "--conf",
                  "spark.eventLog.enabled=true",
                  "--conf",
                  "spark.eventLog.compress=false",
                  "--conf",
                  "spark.eventLog.rolling.enabled=false",
                  "--conf",
                  "spark.eventLog.dir=" + events.toUri()),
              log);
      try {
        for (String step : List.of("buckets", "components-01", "members")) {
          await(run, log, step, () -> Files.exists(steps(clustered).resolve(step)));
          await(run, log, "an executor", () -> !cluster.executors().isEmpty());
          List<ProcessHandle> executors = cluster.executors();
          kill(executors.get(random.nextInt(executors.size())));
          assertThat(clustered.resolve("out/duplicates/_MANIFEST.json"))
              .as("deduplication still ran when %s was there and an executor died", step)
              .doesNotExist();
        }
        assertThat(run.waitFor(4, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
        assertThat(run.exitValue()).as(Files.readString(log)).isZero();
      } finally {
        run.destroyForcibly();
      }
    }
    List<String> lost = lostTasks(events);
    System.out.printf("seed %d: tasks lost by kills of executors: %s%n", SEED, lost);
    assertThat(lost).as("tasks that the kills cost; seed=%d", SEED).isNotEmpty();
    assertSameBytes(clustered);
  }

  @Test
  void killedHalfWayItGoesOnBehindTheLastStep() throws Exception {
    Path killed = folder.resolve("killed");
    Path steps = steps(killed);
    Path firstLog = folder.resolve("killed.log");
    Process first = start(killed, firstLog);
    await(first, firstLog, "components-01", () -> isPublished(steps.resolve("components-01")));
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    assertThat(first.destroyForcibly().waitFor()).isEqualTo(KILLED_BY_SIGNAL_9);
    assertThat(killed.resolve("out/duplicates/_MANIFEST.json")).doesNotExist();
    assertThat(steps.resolve("verified")).as("killed half way").doesNotExist();
    Map<String, FileTime> published = publishedTimes(steps);
    assertThat(published)
        .containsKeys("buckets/_MANIFEST.json", "components-01/_MANIFEST.json")
        .hasSizeGreaterThan(5);

    Path secondLog = folder.resolve("resumed.log");
    Process second = start(killed, secondLog);
    // the steps go when the stage is done, so they are looked at when the last one is there
    await(second, secondLog, "verified", () -> Files.exists(steps.resolve("verified")));
    Map<String, FileTime> resumed = publishedTimes(steps);
    assertThat(second.waitFor(4, TimeUnit.MINUTES)).as(Files.readString(secondLog)).isTrue();
    assertThat(second.exitValue()).as(Files.readString(secondLog)).isZero();
    assertThat(Files.readString(secondLog))
        .contains("curate: judge: up to date")
        .contains("curate: deduplicate: resuming what was interrupted");
    assertThat(resumed).containsAllEntriesOf(published);
    assertSameBytes(killed);
  }

  @Test
  void oneCoreAndOnePartitionChangeNothing() throws Exception {
    Path alone = folder.resolve("alone");
    List<String> command =
        List.of(
            "curate",
            config(alone).toString(),
            "--master",
            "local[1]",
            "--conf",
            "spark.sql.shuffle.partitions=1",
            "--conf",
            "spark.sql.adaptive.enabled=false",
            "--conf",
            "spark.sql.files.maxPartitionBytes=64k");
    Command.Result run = Command.script("gristmill", Command.BRIEF, command);
    assertThat(run.status()).as(run.output()).isZero();
    assertSameBytes(alone);
  }

  private static void assertSameBytes(Path run) throws IOException {
    for (String stage : List.of("judged", "duplicates", "documents", "ledger")) {
      assertThat(FileHashes.of(run.resolve("out").resolve(stage)))
          .as("%s; seed=%d", stage, SEED)
          .isNotEmpty()
          .isEqualTo(FileHashes.of(undisturbed.resolve("out").resolve(stage)));
    }
  }

  /** Ends an executor as a lost machine does: it stops answering while it has work, and is gone. */
  private static void kill(ProcessHandle executor) throws Exception {
    String stop = "kill -STOP " + executor.pid();
    assertThat(new ProcessBuilder("bash", "-c", stop).start().waitFor()).as(stop).isZero();
    Thread.sleep(FROZEN_MILLIS);
    assertThat(executor.destroyForcibly()).isTrue();
    executor.onExit().get(30, TimeUnit.SECONDS);
  }

  /** Waits for a moment of a run that is not over; fails where the run ends before. */
  private static void await(Process run, Path log, String moment, BooleanSupplier come)
      throws Exception {
    long start = System.nanoTime();
    while (!come.getAsBoolean()) {
      assertThat(run.isAlive())
          .as("the run ended without %s:%n%s", moment, Files.readString(log))
          .isTrue();
      assertThat(System.nanoTime() - start)
          .as("nanoseconds of waiting for %s:%n%s", moment, Files.readString(log))
          .isLessThan(MOST_WAIT_NANOS);
      Thread.sleep(5);
    }
  }

  /** Why tasks of a finished application failed: their executor, or rows that lay there, gone. */
  private static List<String> lostTasks(Path events) throws IOException {
    List<String> lost = new ArrayList<>();
    try (Stream<Path> logs = Files.list(events)) {
      for (Path log : logs.filter(own -> !own.toString().endsWith(".crc")).toList()) {
        for (String line : Files.readAllLines(log)) {
          JsonNode event = JSON.readTree(line);
          String reason = event.path("Task End Reason").path("Reason").asText();
          if (reason.equals("ExecutorLostFailure") || reason.equals("FetchFailed")) {
            lost.add(reason);
          }
        }
      }
    }
    return lost;
  }

  private static Path steps(Path run) {
    return run.resolve("out/duplicates/_steps");
  }

  /** Whoever is killed while it writes a manifest leaves half a file, and makes that step again. */
  private static boolean isPublished(Path step) {
    try {
      return JSON.readTree(step.resolve("_MANIFEST.json").toFile()).has("files");
    } catch (IOException absentOrHalf) {
      return false;
    }
  }

  /** When the files of the published steps were made. */
  private static Map<String, FileTime> publishedTimes(Path steps) throws IOException {
    var times = new TreeMap<String, FileTime>();
    try (Stream<Path> files = Files.walk(steps, 2)) {
      for (Path file : files.filter(own -> isPublished(own.getParent())).toList()) {
        times.put(steps.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static Process start(Path run, Path log) throws IOException {
    return Command.start(
        "gristmill",
        Command.BRIEF,
        List.of("curate", config(run).toString(), "--master", "local[2]"),
        log);
  }

  private static Path config(Path run) throws IOException {
    Path file = Files.createDirectories(run).resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: duplicates
        output: %s
        seed: 7
        curate:
          sources:
            - {path: "%s", format: jsonl, domain: web}
          languages: [en, zh-Hans]
          profile: none
        """
            .formatted(run.resolve("out"), corpus));
    return file;
  }
}
