package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training on a cluster of four processes loses them, one after the other and in every way, and
 * ends with the bytes of a training that was left alone. {@code scripts/soak} tries more seeds.
 */
@ExtendWith(TrainingExample.Preparation.class)
class TrainingFaultTest {
  private static final long FIRST_SEED = Long.getLong("tests.seed", 20260501L);
  private static final int SEEDS = Integer.getInteger("tests.faults", 1);
  private static final int STEPS = 200;

  private static final List<Recovery> RECOVERIES = new ArrayList<>();

  @TempDir private static Path folder;
  private static TrainingExample example;
  private static Path undisturbed;
  private static Map<String, String> bytes;

  /**
   * What a fault cost.
   *
   * @param trains seconds until a step was made again
   * @param caughtUp seconds until more steps were done than before
   */
  private record Recovery(TrainingFault fault, long step, double trains, double caughtUp) {}

  @BeforeAll
  static void trainUndisturbed(TrainingExample prepared) throws Exception {
    example = prepared;
    undisturbed = folder.resolve("undisturbed");
    Path config = example.copy(undisturbed, STEPS);
    Command.Result run = Command.gristmill("pretrain", config.toString());
    assertThat(run.status()).as(run.output()).isZero();
    bytes = FileHashes.of(TrainingExample.checkpoint(undisturbed, STEPS));
    assertThat(bytes).containsKeys("model.safetensors", "optimizer-first-moment.safetensors");
    bytes.forEach((file, sha256) -> System.out.printf("undisturbed: %s %s%n", sha256, file));
  }

  @Test
  void theTrainingIsOneThatFaultsCouldChange() throws Exception {
    TrainingLog metrics = TrainingLog.of(undisturbed);
    assertThat(metrics.all("start", "parameters").getFirst()).isGreaterThan(5e6);
    assertThat(metrics.losses()).hasSize(STEPS);
    assertThat(metrics.all("step", "gradient_norm"))
        .filteredOn(norm -> norm > TrainingExample.CLIP)
        .as("steps in which gradients are clipped")
        .hasSizeGreaterThan(STEPS / 2);
  }

  @AfterAll
  static void tellTimes() {
    for (TrainingFault fault : TrainingFault.values()) {
      List<Recovery> ofOne = RECOVERIES.stream().filter(own -> own.fault() == fault).toList();
      if (!ofOne.isEmpty()) {
        System.out.printf(
            "%-18s x %d: trained again in %s s, beyond its last step in %s s%n",
            fault,
            ofOne.size(),
            middleAndMost(ofOne.stream().mapToDouble(Recovery::trains)),
            middleAndMost(ofOne.stream().mapToDouble(Recovery::caughtUp)));
      }
    }
  }

  private static String middleAndMost(DoubleStream seconds) {
    double[] sorted = seconds.sorted().toArray();
    return "%.1f (most %.1f)".formatted(sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFaultLeavesTheSameBytes(long seed) throws Exception {
    var random = new Random(seed);
    List<TrainingFault> faults = new ArrayList<>(Arrays.asList(TrainingFault.values()));
    Collections.shuffle(faults, random);
    Path run = folder.resolve("seed-" + seed);
    example.copy(run, STEPS);
    try (SmallCluster cluster = SmallCluster.start(folder.resolve("cluster-" + seed), 4);
        WatchedTraining training = WatchedTraining.start(cluster, run)) {
      for (int i = 0; i < faults.size(); i++) {
        training.awaitStep(8 + i * (STEPS - 40) / faults.size() + random.nextInt(8));
        RECOVERIES.add(recover(seed, faults.get(i), training, cluster, random));
      }
      training.awaitEnd();
      assertThat(FileHashes.of(TrainingExample.checkpoint(run, STEPS)))
          .as("seed=%d%n%s", seed, training.log())
          .isEqualTo(bytes);
    }
    assertThat(TrainingLog.of(run).losses())
        .as("seed=%d", seed)
        .isEqualTo(TrainingLog.of(undisturbed).losses());
  }

  @Test
  void aMachineIsDoneWithoutWhileItIsAwayAndUsedAgainWhenItIsBack() throws Exception {
    Path run = folder.resolve("away");
    example.copy(run, STEPS);
    try (SmallCluster cluster = SmallCluster.start(folder.resolve("cluster-away"), 2);
        WatchedTraining training =
            WatchedTraining.start(cluster, run, "--set", "workers.wait-seconds=20")) {
      training.await("two workers", () -> training.workers() == 2); // whoever came first began
      SmallCluster.Machine machine = cluster.machine(2);
      machine.lose();
      training.await("a step of one worker", () -> training.workers() == 1);
      machine.comeBack();
      training.await("a step of two workers again", () -> training.workers() == 2);
      training.awaitEnd();
      assertThat(training.log())
          .contains("no 2 workers within 20 s any more: going on with fewer")
          .contains("going on with 2 workers in place of 1 after a checkpoint");
    }
    assertThat(FileHashes.of(TrainingExample.checkpoint(run, STEPS))).isEqualTo(bytes);
    assertThat(TrainingLog.of(run).losses()).isEqualTo(TrainingLog.of(undisturbed).losses());
  }

  private static Recovery recover(
      long seed, TrainingFault fault, WatchedTraining training, SmallCluster cluster, Random random)
      throws Exception {
    TrainingFault.Blow blow = fault.strike(training, random);
    training.await(
        "a step after " + fault,
        () -> {
          TrainingLog.Attempt now = training.metrics().attempt();
          return now.hasStepped() && !now.name().equals(blow.attempt());
        });
    double trains = (System.nanoTime() - blow.nanos()) / 1e9;
    training.await("a step beyond " + blow.step(), () -> training.metrics().step() > blow.step());
    double caughtUp = (System.nanoTime() - blow.nanos()) / 1e9;
    System.out.printf(
        "seed %d: %-18s after step %3d: trained again in %4.1f s, beyond it in %4.1f s; %s; missed in %s%n",
        seed,
        fault,
        blow.step(),
        trains,
        caughtUp,
        blow.note(),
        TrainingFault.noticed(cluster.executorLogs(), blow.step()));
    return new Recovery(fault, blow.step(), trains, caughtUp);
  }
}
