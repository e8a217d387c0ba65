package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.evaluation.BestLoss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingTest {
  @TempDir static Path folder;
  private static TinyWorld world;
  private static SortedMap<String, String> reference;
  private static TrainingResult referenceResult;

  @BeforeAll
  static void trainOnceOnOneThread() throws Exception {
    world = TinyWorld.write(folder);
    referenceResult = train(world.run("reference"), 1, 1);
    reference = TinyWorld.hashes(world.folder("reference").resolve("checkpoints"));
  }

  @Test
  void theLossFallsAndEveryLanguageHasABest() throws Exception {
    assertThat(reference).hasSize(2 * 9);
    assertThat(referenceResult.loss()).isLessThan(5.3);
    assertThat(referenceResult.best())
        .extracting(BestLoss::language)
        .containsExactly("en", "zh-Hans");
    assertThat(referenceResult.best())
        .allSatisfy(
            best -> {
              assertThat(best.step()).isEqualTo(4);
              assertThat(best.natsPerToken()).isBetween(2.0, 5.3);
              // Nearly one token a byte, but for the ends of documents.
              assertThat(best.bitsPerByte())
                  .isBetween(
                      best.natsPerToken() / Math.log(2), 1.02 * best.natsPerToken() / Math.log(2));
            });
    assertThat(metrics("reference"))
        .filteredOn(line -> line.contains("\"event\":\"step\""))
        .hasSize(4);
  }

  /** Whatever is added to training, a run that does not ask for it keeps its bits. */
  @Test
  void theBitsAreThoseThatTheyAlwaysWere() {
    assertThat(reference)
        .containsEntry(
            "step-000004/model.safetensors",
            "004b6efa8116318406f3b5fef4d72890404b59d00315da5c5fa951826ca763b6")
        .containsEntry(
            "step-000004/optimizer-first-moment.safetensors",
            "f70ece8f85c0392c70072eb93708b751e38b33bee74c7caaa20bed9a93dfedb0")
        .containsEntry(
            "step-000004/optimizer-second-moment.safetensors",
            "2cd30b49935373587a93b1578c11a249183b55f0cb95ffaddc73226b10dc0e52");
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,1", "4,2", "8,1"})
  void checkpointsAreTheSameBytesForAnyWorkersAndThreads(int workers, int threads)
      throws Exception {
    String output = "w%dt%d".formatted(workers, threads);
    TrainingResult result = train(world.run(output), workers, threads);
    assertThat(TinyWorld.hashes(world.folder(output).resolve("checkpoints"))).isEqualTo(reference);
    assertThat(result.loss()).isEqualTo(referenceResult.loss());
    assertThat(losses(output)).isEqualTo(losses("reference"));
  }

  @ParameterizedTest
  @CsvSource({"1,2", "4,2", "2,1"})
  void aRunKilledInTheMiddleAndResumedElsewhereIsTheSame(int before, int after) throws Exception {
    String output = "killed%d-%d".formatted(before, after);
    var asked = new AtomicInteger();
    int polls = 8 / before * 3; // dies after the checkpoint of the second step
    assertThatThrownBy(
            () ->
                Workers.run(
                    before,
                    group ->
                        Training.run(
                            world.run(output),
                            new Worker(
                                group,
                                1,
                                1,
                                Fence.none(),
                                () -> group.rank() == 0 && asked.incrementAndGet() > polls),
                            TinyWorld.CONFIGURATION,
                            Progress.silent())))
        .isInstanceOf(IOException.class);
    train(world.run(output), after, 2);

    assertThat(TinyWorld.hashes(world.folder(output).resolve("checkpoints"))).isEqualTo(reference);
    assertThat(losses(output)).isEqualTo(losses("reference"));
    assertThat(metrics(output)).anyMatch(line -> line.contains("\"event\":\"resume\",\"step\":2"));
  }

  @Test
  void aDamagedCheckpointIsPassedOverForTheOneBefore() throws Exception {
    copyReference("damaged");
    Path model = world.folder("damaged").resolve("checkpoints/step-000004/model.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);

    train(world.run("damaged"), 2, 1);

    assertThat(TinyWorld.hashes(world.folder("damaged").resolve("checkpoints")))
        .isEqualTo(reference);
    assertThat(metrics("damaged"))
        .anyMatch(line -> line.contains("\"event\":\"resume\",\"step\":2"));
  }

  @Test
  void aCompleteRunIsNotTrainedAgain() throws Exception {
    copyReference("complete");
    TrainingResult again = train(world.run("complete"), 1, 2);
    assertThat(again.best()).isEqualTo(referenceResult.best());
    assertThat(again.loss()).isEqualTo(referenceResult.loss());
  }

  @Test
  void anotherConfigurationInTheSameFolderIsNamed() throws Exception {
    copyReference("other");
    TrainerConfig changed = TinyWorld.trainer(4, 0.7);
    assertThatThrownBy(() -> train(world.run("other", changed), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("pretrain.clip was 0.5, is 0.7");
  }

  @Test
  void activationsComputedAgainMakeTheSameCheckpoints() throws Exception {
    TrainerConfig usual = TinyWorld.trainer();
    train(world.run("again-computed", options(usual, 0, true)), 2, 2);
    assertThat(TinyWorld.hashes(world.folder("again-computed").resolve("checkpoints")))
        .isEqualTo(reference);
  }

  @Test
  void zLossMakesAnotherRun() throws Exception {
    copyReference("z");
    TrainerConfig changed = options(TinyWorld.trainer(), 1e-4, false);
    assertThatThrownBy(() -> train(world.run("z", changed), 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("pretrain.z_loss was not there, is 1.0E-4");
    train(world.run("z-alone", options(TinyWorld.trainer(), 1e-2, false)), 1, 1);
    assertThat(losses("z-alone").getFirst().replaceFirst(",\"gradient_norm.*", ""))
        .isEqualTo(losses("reference").getFirst().replaceFirst(",\"gradient_norm.*", ""));
    assertThat(losses("z-alone").getLast()).isNotEqualTo(losses("reference").getLast());
  }

  private static TrainerConfig options(TrainerConfig usual, double zLoss, boolean recompute) {
    return new TrainerConfig(
        usual.steps(),
        usual.globalBatch(),
        usual.microBatch(),
        usual.slots(),
        usual.clip(),
        usual.validationInterval(),
        usual.validationTokens(),
        usual.checkpointInterval(),
        usual.keepCheckpoints(),
        usual.seed(),
        usual.dropout(),
        zLoss,
        recompute,
        usual.precision());
  }

  @Test
  void aLossThatIsNoNumberStopsWithTheStepAndTheLastGoodCheckpoint() throws Exception {
    copyReference("nan");
    TrainingRun broken = NotANumber.run(world, "nan");
    assertThatThrownBy(() -> train(broken, 1, 1))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("at step 3")
        .hasMessageContaining("the last good checkpoint is")
        .hasMessageContaining("step-000002")
        .hasMessageMatching(
            "(?s).*look at the documents of this step whose loss is no number \\(8 of 8 slots\\): ((en|zh-Hans)\\d+(, )?){4,}.*");
  }

  @Test
  void tooManyStepsForTheMixtureAreRefusedWithTheNumbers() {
    TrainerConfig tooLong = TinyWorld.trainer(1_000_000, 0.5);
    assertThatThrownBy(() -> train(world.run("long", tooLong), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pretrain.steps is 1000000, the mixture has");
  }

  private static TrainingResult train(TrainingRun run, int workers, int threads) throws Exception {
    if (workers == 1) {
      return Training.run(run, Worker.alone(threads), TinyWorld.CONFIGURATION, Progress.silent());
    }
    return Workers.run(
            workers,
            group ->
                Training.run(
                    run,
                    new Worker(group, threads, 1, Fence.none(), () -> false),
                    TinyWorld.CONFIGURATION,
                    Progress.silent()))
        .getFirst();
  }

  private static void copyReference(String output) throws IOException {
    Path from = world.folder("reference");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, world.folder(output).resolve(from.relativize(file).toString()));
      }
    }
  }

  private static List<String> metrics(String output) throws IOException {
    return Files.readAllLines(
        world.folder(output).resolve("metrics.jsonl"), StandardCharsets.UTF_8);
  }

  /** The part of each step's line that must not depend on speed. */
  private static List<String> losses(String output) throws IOException {
    return metrics(output).stream()
        .filter(line -> line.contains("\"event\":\"step\""))
        .map(line -> line.substring(0, line.indexOf(",\"tokens_per_second\"")))
        .toList();
  }
}
