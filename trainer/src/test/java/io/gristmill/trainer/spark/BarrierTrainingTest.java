package io.gristmill.trainer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.training.ExchangeConfig;
import io.gristmill.trainer.training.Progress;
import io.gristmill.trainer.training.StopRequest;
import io.gristmill.trainer.training.TinyWorld;
import io.gristmill.trainer.training.Training;
import io.gristmill.trainer.training.TrainingPaused;
import io.gristmill.trainer.training.TrainingResult;
import io.gristmill.trainer.training.TrainingRun;
import io.gristmill.trainer.training.TrainingStopped;
import io.gristmill.trainer.training.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class BarrierTrainingTest {
  /** Steps enough for a wish, which is looked for once a second, to be seen in the middle. */
  private static final long LONG = 200;

  @TempDir static Path folder;
  private static TinyWorld world;
  private static TrainingResult reference;
  private static SortedMap<String, String> hashes;

  @BeforeAll
  static void trainWithoutSpark() throws Exception {
    world = TinyWorld.write(folder);
    reference =
        Training.run(
            world.run("plain"), Worker.alone(2), TinyWorld.CONFIGURATION, Progress.silent());
    hashes = TinyWorld.hashes(world.folder("plain"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void barrierTasksTrainTheSameModel(int workers, JavaSparkContext spark) throws Exception {
    String output = "spark" + workers;
    var heard = new Heard();
    TrainingResult result = training(spark, workers).train(world.run(output), heard);

    assertThat(result.loss()).isEqualTo(reference.loss());
    assertThat(result.best()).isEqualTo(reference.best());
    assertThat(TinyWorld.hashes(world.folder(output))).isEqualTo(hashes);
    assertThat(heard.steps).containsExactly(1L, 2L, 3L, 4L);
    assertThat(heard.validations).hasSize(2);
    assertThat(heard.events.get(0)).startsWith("memory: ");
    assertThat(heard.events.get(1))
        .contains("start at step 0 of 4, %d workers".formatted(Math.max(1, workers)));
  }

  @Test
  void aRunOfWhoseResultTheWorkersArePartHasThoseWorkers(JavaSparkContext spark) throws Exception {
    ExchangeConfig exchange = ExchangeConfig.compressed(Compression.INT8, 2);
    TrainingRun plain = world.run("int8-plain").with(exchange);
    Workers.run(
        2,
        group ->
            Training.run(
                plain,
                new Worker(group, 1, 2, Fence.none(), () -> false),
                TinyWorld.CONFIGURATION,
                Progress.silent()));
    training(spark, 0).train(world.run("int8-spark").with(exchange), new Heard());
    assertThat(TinyWorld.hashes(world.folder("int8-spark")))
        .isEqualTo(TinyWorld.hashes(world.folder("int8-plain")))
        .isNotEqualTo(hashes);
  }

  @Test
  void aFailedAttemptBeginsAgainFromTheLastCheckpoint(JavaSparkContext spark) throws Exception {
    var task = new AtomicLong(-1);
    spark
        .sc()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskStart(SparkListenerTaskStart start) {
                task.set(start.taskInfo().taskId());
              }
            });
    TrainingRun run = world.run("killed", TinyWorld.trainer(16, 0.5));
    var heard =
        new Heard() {
          private boolean killed;

          @Override
          public void event(String message) {
            super.event(message);
            if (!killed && message.endsWith("step-000002")) {
              killed = true;
              assertThat(spark.sc().killTaskAttempt(task.get(), false, "killed by the test"))
                  .isTrue();
            }
          }
        };

    TrainingResult result = training(spark, 2).train(run, heard);

    assertThat(result.steps()).isEqualTo(16);
    assertThat(Files.readAllLines(world.folder("killed").resolve("metrics.jsonl")))
        .filteredOn(line -> line.contains("\"event\":\"step\""))
        .hasSize(16);
    assertThat(heard.events)
        .anySatisfy(event -> assertThat(event).contains("training failed and begins again from"))
        .anySatisfy(event -> assertThat(event).contains("resume at step"));
  }

  @Test
  void aRunThatIsAskedToStopIsGoneOnWith(JavaSparkContext spark) throws Exception {
    TrainingRun run = world.run("asked", TinyWorld.trainer(LONG, 0.5));
    var request =
        StopRequest.in(new org.apache.hadoop.fs.Path(run.output()), TinyWorld.CONFIGURATION);
    var heard =
        new Heard() {
          @Override
          public void step(Report report) {
            super.step(report);
            if (report.step() == 3) {
              assertThatCode(request::make).doesNotThrowAnyException();
            }
          }
        };
    assertThatThrownBy(() -> training(spark, 2).train(run, heard))
        .isInstanceOf(TrainingPaused.class)
        .hasMessageContaining("of 200, as asked");
    assertThat(request.isMade()).as("the wish has been followed").isFalse();
    assertThat(heard.steps.getLast()).isBetween(3L, LONG - 1);

    TrainingResult result = training(spark, 4).train(run, Progress.silent());
    assertThat(result.steps()).isEqualTo(LONG);
    training(spark, 1).train(world.run("unasked", TinyWorld.trainer(LONG, 0.5)), Progress.silent());
    assertThat(TinyWorld.hashes(world.folder("asked").resolve("checkpoints/step-000200")))
        .isNotEmpty()
        .isEqualTo(TinyWorld.hashes(world.folder("unasked").resolve("checkpoints/step-000200")));
  }

  @Test
  void askedBeforeItBeginsItTrainsNothing(JavaSparkContext spark) throws Exception {
    TrainingRun run = world.run("early");
    StopRequest.in(new org.apache.hadoop.fs.Path(run.output()), TinyWorld.CONFIGURATION).make();
    assertThatThrownBy(() -> training(spark, 2).train(run, Progress.silent()))
        .isInstanceOf(TrainingPaused.class)
        .hasMessageContaining("goes on from step 0");
    assertThat(world.folder("early").resolve("checkpoints")).doesNotExist();
    assertThat(training(spark, 2).train(run, Progress.silent()).steps()).isEqualTo(4);
  }

  @Test
  void tooFewSlotsAreRefusedAtOnce(JavaSparkContext spark) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> training(spark, 8).train(world.run("few"), Progress.silent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training needs 8 slots")
        .hasMessageContaining("this process has 4 cores");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void whatCannotGoBetterIsNotTriedAgain(JavaSparkContext spark) throws Exception {
    training(spark, 1).train(world.run("again"), Progress.silent());
    TrainingRun changed = world.run("again", TinyWorld.trainer(4, 0.7));
    assertThatThrownBy(() -> training(spark, 1).train(changed, Progress.silent()))
        .isInstanceOf(TrainingStopped.class)
        .hasMessageContaining("pretrain.clip was 0.5, is 0.7");
  }

  private static BarrierTraining training(JavaSparkContext spark, int workers) {
    return new BarrierTraining(spark, new WorkersConfig(workers, 1, 0, 60, 1, 5));
  }

  private static class Heard implements Progress {
    final List<Long> steps = new CopyOnWriteArrayList<>();
    final List<Validation> validations = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void step(Report report) {
      steps.add(report.step());
    }

    @Override
    public void validation(Validation validation) {
      validations.add(validation);
    }

    @Override
    public void event(String message) {
      events.add(message);
    }

    @Override
    public void warning(String message) {
      events.add(message);
    }
  }
}
