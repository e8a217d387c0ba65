package io.gristmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.StageRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A decay as a job of its own, beside the training that it branches off from. */
@ExtendWith(SparkTest.class)
class PretrainDecayTest {
  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();

  @Test
  void decaysBranchOffFromStableCheckpoints(SparkSession spark) throws IOException {
    RunConfig config = config();
    Console console = Console.standardError();
    run(
        spark,
        new MadeUpDocuments(spark, config.folders().documents()),
        new TrainTokenizer(spark, config, console),
        new Tokenize(spark, config),
        new Mix(spark, config, console),
        new Pretrain(spark, config, console));
    // every fourth, of which the newest two are kept, and the last before the decay
    assertThat(checkpoints("training"))
        .containsExactly("step-000015", "step-000016", "step-000020");
    List<String> before = files("training");

    run(spark, Pretrain.decay(spark, config, console, 15));
    assertThat(log).last().asString().contains("20 steps").contains("step-000020");
    assertThat(
            folder.resolve("out/decay-from-step-000015/checkpoints/step-000020/model.safetensors"))
        .hasSameBinaryContentAs(
            folder.resolve("out/training/checkpoints/step-000020/model.safetensors"));
    assertThat(folder.resolve("out/decay-from-step-000015/metrics.jsonl"))
        .content()
        .contains("\"from\":\"step 15 of file:")
        .contains("\"event\":\"step\",\"step\":16")
        .doesNotContain("\"event\":\"step\",\"step\":15");

    RunConfig longer = config("schedule.decay=8", "schedule.decay-curve=linear");
    run(spark, Pretrain.decay(spark, longer, console, 15));
    assertThat(log).last().asString().contains("23 steps");
    assertThat(checkpoints("decay-from-step-000015")).contains("step-000023");
    assertThat(checkpoints("decay-from-step-000015.replaced-1")).contains("step-000020");

    run(spark, Pretrain.decay(spark, longer, console, 15));
    assertThat(log).last().asString().endsWith("pretrain: up to date");
    assertThat(files("training")).isEqualTo(before);
    run(spark, new Pretrain(spark, config, console));
    assertThat(log).last().asString().endsWith("pretrain: up to date");

    assertThatThrownBy(() -> run(spark, Pretrain.decay(spark, config, console, 16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the learning rate at step 16 was");
    assertThatThrownBy(() -> run(spark, Pretrain.decay(spark, config, console, 12)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--decay-from step-000012: the checkpoints of")
        .hasMessageContaining("are of the steps [20, 16, 15]");
    assertThatThrownBy(
            () -> run(spark, Pretrain.decay(spark, config("schedule.decay=1000000"), console, 15)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a decay from step 15 ends at step 1000015, the mixture has");
    assertThat(folder.resolve("out/decay-from-step-000016")).doesNotExist();
  }

  @Test
  void aStepThatIsNoneIsBadUsage() throws IOException {
    config();
    assertThat(
            Gristmill.execute(
                "pretrain", folder.resolve("run.yaml").toString(), "--decay-from", "the-end"))
        .isEqualTo(2);
  }

  private void run(SparkSession spark, Stage... stages) throws IOException {
    new StageRunner(spark, log::add).run(List.of(stages));
  }

  private List<String> checkpoints(String run) throws IOException {
    try (Stream<Path> found =
        Files.list(folder.resolve("out").resolve(run).resolve("checkpoints"))) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .sorted()
          .toList();
    }
  }

  /** Names and times of all files of a folder of the run. */
  private List<String> files(String run) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder.resolve("out").resolve(run))) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        files.add(file + " " + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  private RunConfig config(String... overrides) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: decay
        output: %s
        seed: 7
        curate: {sources: [{path: unread}]}
        tokenizer: {vocabulary-size: 300}
        shards: {validation-fraction: 0.2}
        mixture: {sequence-length: 8}
        model: {hidden-size: 16, layers: 1, heads: 2, intermediate-size: 24}
        pretrain: {steps: 20, global-batch: 4, micro-batch: 1, slots: 4, validation-interval: 0, checkpoint-interval: 4}
        schedule: {warmup: 2, decay: 0.25}
        """
            .formatted(folder.resolve("out")));
    return RunConfig.read(file.toString(), List.of(overrides));
  }
}
