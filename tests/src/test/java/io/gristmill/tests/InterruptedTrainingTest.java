package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.trainer.checkpoint.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training in one process is killed while it writes a checkpoint, is asked to stop, finds a
 * checkpoint damaged, and ends with the bytes of one that was left alone.
 */
@ExtendWith(TrainingExample.Preparation.class)
class InterruptedTrainingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int STEPS = 40;
  private static final long MOST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(3);

  /** Files of a checkpoint that others follow, each long enough to be killed in. */
  private static final List<String> FILES =
      List.of(
          "model.safetensors",
          "optimizer-first-moment.safetensors",
          "optimizer-second-moment.safetensors");

  @TempDir private static Path folder;
  private static TrainingExample example;
  private static Map<String, String> bytes;
  private static List<String> losses;

  @BeforeAll
  static void trainUndisturbed(TrainingExample prepared) throws Exception {
    example = prepared;
    Path undisturbed = folder.resolve("undisturbed");
    Command.Result run = Command.gristmill("pretrain", example.copy(undisturbed, STEPS).toString());
    assertThat(run.status()).as(run.output()).isZero();
    bytes = FileHashes.of(TrainingExample.checkpoint(undisturbed, STEPS));
    losses = TrainingLog.of(undisturbed).losses();
    assertThat(losses).hasSize(STEPS);
  }

  @Test
  void onALocalDiskTheOneBeforeIsUsed() throws Exception {
    Path run = folder.resolve("local");
    Path config = example.copy(run, STEPS);
    var output = new org.apache.hadoop.fs.Path(run.resolve("out").toUri());
    killInCheckpoint(config, output, new Configuration());
    assertThat(FileHashes.of(TrainingExample.checkpoint(run, STEPS))).isEqualTo(bytes);
    assertThat(TrainingLog.of(run).losses()).isEqualTo(losses);
  }

  @Test
  void onHdfsTheOneBeforeIsUsed() throws Exception {
    var configuration = new Configuration();
    try (MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(configuration, folder.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build()) {
      hdfs.waitActive();
      var output = new org.apache.hadoop.fs.Path(hdfs.getURI() + "/run/out");
      Path run = folder.resolve("on-hdfs");
      Path config = example.copy(run, output.toString(), hdfs.getFileSystem(), STEPS);
      killInCheckpoint(config, output, configuration);

      Path copy = Files.createDirectories(run.resolve("out"));
      hdfs.getFileSystem()
          .copyToLocalFile(
              new org.apache.hadoop.fs.Path(output, "training"),
              new org.apache.hadoop.fs.Path(copy.toUri()));
      assertThat(FileHashes.of(TrainingExample.checkpoint(run, STEPS))).isEqualTo(bytes);
      assertThat(TrainingLog.of(run).losses()).isEqualTo(losses);
    }
  }

  /** By a signal, by a command, and in spite of a checkpoint that is damaged meanwhile. */
  @Test
  void askedToStopItGoesOnLaterAndEndsWithTheSameBytes() throws Exception {
    var random = new Random(SEED);
    Path run = folder.resolve("stopped");
    String config = example.copy(run, STEPS).toString();
    TrainingLog metrics = TrainingLog.of(run);

    try (WatchedTraining training = WatchedTraining.local(run, "run")) {
      training.awaitStep(2 + random.nextInt(5));
      training.terminate();
      training.awaitEnd();
      assertThat(training.log())
          .contains("SIGTERM: stopping after this step")
          .contains("stopped after step %d of 40, as asked".formatted(metrics.step()));
    }
    long first = metrics.step();
    assertThat(TrainingExample.checkpoint(run, first).resolve("_MANIFEST.json")).exists();
    assertThat(run.resolve("out/evaluation")).as("what follows the training").doesNotExist();

    try (WatchedTraining training = WatchedTraining.local(run, "pretrain")) {
      training.awaitStep(first + 1); // a command takes as long as some steps
      Command.Result stop = Command.brief("stop", config);
      assertThat(stop.status()).as(stop.output()).isZero();
      assertThat(stop.output()).contains("asked the training in");
      training.awaitEnd();
      assertThat(training.log())
          .contains("resume at step %d of 40".formatted(first))
          .contains("stopped after step %d of 40, as asked".formatted(metrics.step()));
    }
    long second = metrics.step();
    assertThat(second).isBetween(first + 1, STEPS - 1L);

    Path damaged = TrainingExample.checkpoint(run, second).resolve("model.safetensors");
    byte[] model = Files.readAllBytes(damaged);
    model[random.nextInt(model.length)] ^= 1;
    Files.write(damaged, model);
    Command.Result last = Command.gristmill("pretrain", config);
    assertThat(last.status()).as(last.output()).isZero();
    assertThat(last.output())
        .contains("passed over file:" + TrainingExample.checkpoint(run, second))
        .contains("model.safetensors has SHA-256")
        .contains("resume at step");
    assertThat(FileHashes.of(TrainingExample.checkpoint(run, STEPS))).isEqualTo(bytes);
    assertThat(metrics.losses()).isEqualTo(losses);

    Command.Result late = Command.brief("stop", config);
    assertThat(late.status()).isEqualTo(2);
    assertThat(late.output()).contains("is complete; there is nothing to stop");
  }

  /** In that of step 20, with a good one of step 10. */
  private static void killInCheckpoint(
      Path config, org.apache.hadoop.fs.Path output, Configuration configuration) throws Exception {
    var checkpoint = new org.apache.hadoop.fs.Path(output, "training/checkpoints/step-000020");
    FileSystem files = CheckpointFiles.system(checkpoint, configuration);
    String last = FILES.get(new Random(SEED).nextInt(FILES.size()));
    Path log = config.resolveSibling("killed.log");
    Process training = Command.start("gristmill", Map.of(), arguments(config), log);
    try {
      await(training, log, files, new org.apache.hadoop.fs.Path(checkpoint, last));
    } finally {
      training.descendants().forEach(ProcessHandle::destroyForcibly);
      training.destroyForcibly().waitFor();
    }
    System.out.printf("seed %d: killed in %s of %s%n", SEED, last, checkpoint);
    assertThat(files.exists(new org.apache.hadoop.fs.Path(checkpoint, "_MANIFEST.json")))
        .as("%s was killed in %s; seed=%d", checkpoint, last, SEED)
        .isFalse();

    Command.Result end = Command.script("gristmill", Map.of(), arguments(config));
    assertThat(end.status()).as(end.output()).isZero();
    assertThat(end.output())
        .contains("step-000020 has no _MANIFEST.json: it was never completed")
        .contains("resume at step 10 of 40");
  }

  private static List<String> arguments(Path config) {
    return List.of(
        "pretrain",
        config.toString(),
        "--master",
        "local[2]",
        "--conf",
        "spark.hadoop.dfs.replication=1");
  }

  private static void await(
      Process training, Path log, FileSystem files, org.apache.hadoop.fs.Path file)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!files.exists(file)) {
      assertThat(training.isAlive())
          .as("it ended without %s:%n%s", file, Files.readString(log))
          .isTrue();
      assertThat(System.nanoTime() - start)
          .as("nanoseconds of waiting for %s:%n%s", file, Files.readString(log))
          .isLessThan(MOST_WAIT_NANOS);
      Thread.sleep(2);
    }
  }
}
