package io.gristmill.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingMeasuresTest {
  private static final Configuration HADOOP = new Configuration();
  private static final TrainingMeasures MEASURES =
      new TrainingMeasures(
          "identity",
          "file:/checkpoints/step-000008",
          "0123",
          1.5,
          2,
          List.of(
              new TrainingMeasures.At(
                  0, List.of(new TrainingMeasures.Group("docs", "zh-Hans", 1.0 / 3, 1000))),
              new TrainingMeasures.At(
                  8, List.of(new TrainingMeasures.Group("docs", "zh-Hans", 0.1, 1000)))));

  @TempDir private java.nio.file.Path folder;

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    Path path = new Path(folder.toUri());
    assertThat(TrainingMeasures.read(path, "identity", HADOOP)).isEmpty();
    MEASURES.write(path, HADOOP);
    assertThat(TrainingMeasures.read(path, "identity", HADOOP)).contains(MEASURES);
    assertThat(TrainingMeasures.read(path, "another", HADOOP)).isEmpty();
  }

  @Test
  void measuresCutShortAtAnyByteAreNoneAtAll() throws Exception {
    Path path = new Path(folder.toUri());
    MEASURES.write(path, HADOOP);
    java.nio.file.Path file = folder.resolve(TrainingMeasures.NAME);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1; length += 7) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      Files.deleteIfExists(folder.resolve("." + TrainingMeasures.NAME + ".crc"));
      assertThat(TrainingMeasures.read(path, "identity", HADOOP)).as("%d bytes", length).isEmpty();
    }
  }
}
