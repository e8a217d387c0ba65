package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.decontamination.DecontaminationConfig;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.passage.PassageConfig;
import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class PredictionTest {
  private static final String ENGLISH =
      "The miller carries every sack of grain up the narrow stairs before the wind turns.";
  private static final String RUSSIAN = "Мельник каждый вечер носит мешки с зерном наверх.";

  @TempDir Path folder;

  @Test
  void theWholeAsASampleIsTheTruth(SparkSession spark) throws IOException {
    long[] truth = write(3, 40);
    Prediction prediction = predict(spark, 1);
    assertThat(prediction.records().value()).isCloseTo((double) truth[0], within(1e-6));
    assertThat(prediction.kept().value()).isCloseTo((double) truth[1], within(1e-6));
    assertThat(prediction.rates().get("kept").value())
        .isCloseTo((double) truth[1] / truth[0], within(1e-9));
    assertThat(prediction.rates().get("rejected: language").low())
        .isCloseTo(prediction.rates().get("rejected: language").high(), within(1e-9));
  }

  @Test
  void theTruthLiesInTheIntervalOfAFifth(SparkSession spark) throws IOException {
    long[] truth = write(300, 40);
    Prediction prediction = predict(spark, 0.2);
    assertThat(prediction.parts()).isBetween(30, 90);
    assertThat(prediction.sampled()).isBetween(prediction.bytes() / 10, prediction.bytes() / 3);
    assertThat((double) truth[0])
        .isBetween(prediction.records().low(), prediction.records().high());
    assertThat((double) truth[1]).isBetween(prediction.kept().low(), prediction.kept().high());
    Ratio kept = prediction.rates().get("kept");
    assertThat((double) truth[1] / truth[0]).isBetween(kept.low(), kept.high());
    assertThat(kept.high() - kept.low()).isBetween(0.001, 0.2);
    assertThat(predict(spark, 0.2)).isEqualTo(prediction);
  }

  @Test
  void aSampleWithoutAByteIsAnError(SparkSession spark) throws IOException {
    write(1, 3);
    assertThatThrownBy(() -> predict(spark, 1e-9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no part of the sources is in a sample of 1.0E-9; take a larger one");
  }

  @Test
  void aRatioHasTheErrorOfItsParts() {
    // residuals of 2/3 are -1, 1, 0 in units of a third of 3
    Ratio ratio = Ratio.of(new double[] {1, 3, 2}, new double[] {3, 3, 3}, 0);
    assertThat(ratio.value()).isCloseTo(2.0 / 3, within(1e-12));
    double error = Math.sqrt(2.0 * 3 / 2) / 9;
    assertThat(ratio.high()).isCloseTo(2.0 / 3 + 1.96 * error, within(1e-12));
    assertThat(ratio.low()).isCloseTo(2.0 / 3 - 1.96 * error, within(1e-12));
  }

  private Prediction predict(SparkSession spark, double share) {
    CurationConfig config =
        new CurationConfig(
            List.of(SourceConfig.of(folder.resolve("in").toString())),
            "none",
            List.of("en"),
            List.of(),
            false,
            DecontaminationConfig.none(),
            DuplicatesConfig.defaults(),
            PassageConfig.off(),
            "none",
            RedactionConfig.all(),
            "",
            0);
    List<SourceFile> files = Curation.inputs(config, spark.sparkContext().hadoopConfiguration());
    var judged = new org.apache.hadoop.fs.Path(folder.resolve("judged").toUri());
    Curation.sample(spark, files, config, share, judged);
    return Prediction.of(spark, judged, files, config, share);
  }

  /** Files whose share of English differs; the records in them, and how many are English. */
  private long[] write(int files, int lines) throws IOException {
    Files.createDirectories(folder.resolve("in"));
    var random = new SplittableRandom(files);
    long[] truth = new long[2];
    for (int file = 0; file < files; file++) {
      var text = new StringBuilder();
      int english = random.nextInt(1, 10);
      for (int line = random.nextInt(1, 2 * lines); line > 0; line--) {
        boolean kept = random.nextInt(10) < english;
        text.append("{\"text\": \"").append(kept ? ENGLISH : RUSSIAN).append("\"}\n");
        truth[0]++;
        truth[1] += kept ? 1 : 0;
      }
      Files.writeString(folder.resolve("in/part-%03d.jsonl".formatted(file)), text);
    }
    return truth;
  }
}
