package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A sample of real archives, pages and texts beside all of them. */
@Tag("shared")
@ExtendWith(LocalSpark.class)
class SharedPredictionTest {
  private static final Path DATA = Path.of(System.getProperty("tests.shared"), "data");

  @TempDir Path folder;

  @Test
  void aFifthPredictsTheWhole(SparkSession spark) throws IOException {
    assumeTrue(Files.isDirectory(DATA), "prediction: no shared data at " + DATA + ", skipped");
    CurationConfig config =
        CurationConfig.of(
            List.of(
                SourceConfig.of(DATA.resolve("web").toString()),
                SourceConfig.of(DATA.resolve("html/aeb").toString()),
                SourceConfig.of(DATA.resolve("text/*web*.jsonl.gz").toString())));
    List<SourceFile> files = Curation.inputs(config, spark.sparkContext().hadoopConfiguration());
    Prediction truth = predict(spark, files, config, 1);
    Prediction prediction = predict(spark, files, config, 0.2);

    List<String> lines = new ArrayList<>();
    lines.add(
        "%d of %d bytes in %d parts"
            .formatted(prediction.sampled(), prediction.bytes(), prediction.parts()));
    lines.add(line("records", truth.records(), prediction.records()));
    lines.add(line("kept", truth.kept(), prediction.kept()));
    lines.add(line("kept bytes", truth.keptBytes(), prediction.keptBytes()));
    truth
        .rates()
        .forEach(
            (label, rate) ->
                lines.add(
                    line(label, rate, prediction.rates().getOrDefault(label, new Ratio(0, 0, 0)))));
    Files.write(Path.of("target/prediction.txt"), lines);
    Ratio kept = prediction.rates().get("kept");
    assertThat(truth.rates().get("kept").value())
        .as(String.join("\n", lines))
        .isBetween(kept.low() - 0.03, kept.high() + 0.03);
  }

  private Prediction predict(
      SparkSession spark, List<SourceFile> files, CurationConfig config, double share) {
    var judged = new org.apache.hadoop.fs.Path(folder.resolve("judged").toUri());
    Curation.sample(spark, files, config, share, judged);
    return Prediction.of(spark, judged, files, config, share);
  }

  private static String line(String name, Ratio truth, Ratio predicted) {
    return "%-30s %.4f predicted %.4f (%.4f to %.4f)"
        .formatted(name, truth.value(), predicted.value(), predicted.low(), predicted.high());
  }
}
