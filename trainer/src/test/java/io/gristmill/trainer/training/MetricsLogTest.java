package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.trainer.checkpoint.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  @TempDir private Path folder;
  private FileSystem files;
  private org.apache.hadoop.fs.Path path;

  @BeforeEach
  void writeTwoSteps() throws IOException {
    path = new org.apache.hadoop.fs.Path(folder.toUri().toString(), MetricsLog.NAME);
    files = CheckpointFiles.system(path, TinyWorld.CONFIGURATION);
    try (MetricsLog log = MetricsLog.open(files, path, 0)) {
      log.append(MetricsLog.line("step", 1));
      log.append(MetricsLog.line("step", 2));
    }
  }

  @Test
  void linesOfLaterStepsAndHalfLinesAreDropped() throws IOException {
    Files.writeString(local(), Files.readString(local()) + "{\"event\":\"step\",\"st");
    try (MetricsLog log = MetricsLog.open(files, path, 1)) {
      log.append(MetricsLog.line("step", 2).put("again", true));
    }
    assertThat(Files.readAllLines(local()))
        .containsExactly(
            "{\"event\":\"step\",\"step\":1}", "{\"event\":\"step\",\"step\":2,\"again\":true}");
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(local()));
  }

  @Test
  void aWriterThatWakesAfterAnotherBeganChangesNothing() throws IOException {
    try (MetricsLog frozen = MetricsLog.open(files, path, 2)) {
      frozen.append(MetricsLog.line("step", 3).put("of", "the frozen"));
      try (MetricsLog next = MetricsLog.open(files, path, 2)) {
        frozen.append(MetricsLog.line("step", 4).put("of", "the frozen"));
        next.append(MetricsLog.line("step", 3).put("of", "the next"));
        frozen.append(MetricsLog.line("step", 5).put("of", "the frozen"));
      }
    }
    assertThat(Files.readAllLines(local()))
        .containsExactly(
            "{\"event\":\"step\",\"step\":1}",
            "{\"event\":\"step\",\"step\":2}",
            "{\"event\":\"step\",\"step\":3,\"of\":\"the next\"}");
  }

  @Test
  void killedWhileItReplacesTheFileItLosesNoLine() throws IOException {
    Path draft = folder.resolve("_metrics.jsonl");
    Files.writeString(draft, "{\"event\":\"step\",\"st"); // killed before it was whole
    MetricsLog.open(files, path, 2).close();
    assertThat(Files.readAllLines(local())).hasSize(2);

    Files.move(local(), draft); // killed where the one before has to go first
    MetricsLog.open(files, path, 2).close();
    assertThat(Files.readAllLines(local())).hasSize(2);
  }

  private Path local() {
    return folder.resolve(MetricsLog.NAME);
  }
}
