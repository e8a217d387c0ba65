package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gristmill.curation.filter.Profiles;
import io.gristmill.jobs.SparkTest;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.report.data.Distribution;
import io.gristmill.jobs.report.data.History;
import io.gristmill.jobs.report.data.ReportData;
import io.gristmill.jobs.report.data.RunFiles;
import io.gristmill.jobs.report.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class ReportTest {
  @TempDir Path temporary;

  private static ReportData write(SparkSession spark, RunFiles run, Path page) throws IOException {
    return Report.write(
        spark, run, Profiles.named("gristmill"), new org.apache.hadoop.fs.Path(page.toUri()));
  }

  @Test
  void aWholeRunIsReadAndRendered(SparkSession spark) throws IOException {
    RunFiles run = ExampleRun.write(spark, temporary);
    Path page = temporary.resolve("report.html");
    ReportData data = write(spark, run, page);
    var xml = new PageXml(Files.readString(page));

    assertThat(xml.text())
        .doesNotContain("Not in this run")
        .contains("Of 9,814 records, 5,127 were kept (52 %)")
        .contains("The ledger balances.")
        .contains("1 documents went, for they hold items of evaluation sets: 2 of 2,665 items")
        .contains("ceval 0.9375 ≥ 0.7, one of 2 items")
        .contains("50 too short")
        .contains("Resumed at step 200 (upright lines).")
        .contains(
            "Worker 1 was slow: 0.550 s for its part of a step, the others 0.210 s, which all waited for.")
        .contains(
            "Of its batches 4 made no update: 1 steps were skipped, 3 batches replaced by others, 2 of these after the training went back to a checkpoint.")
        .contains("Batches that were refused")
        .contains("gone back, batch 402 in its place")
        .contains("%032x %032x".formatted(329, 330))
        .contains("In every language it predicts held-out text better");
    assertThat(xml.elements("script")).hasSize(1);
    assertThat(data.notes())
        .containsExactly(
            "metrics.jsonl: 1 line is no JSON and left out, as when a run is killed while it"
                + " writes.");
    assertThat(data.history().setup()).isEqualTo(new History.Setup(5_312_768, 2, 1));
    assertThat(data.history().steps()).hasSize(400);
    assertThat(data.history().resumes()).containsExactly(200L);
    assertThat(data.history().refused())
        .extracting(History.Refused::step, History.Refused::action, History.Refused::replacement)
        .containsExactly(
            tuple(150L, "replace", 400L),
            tuple(249L, "roll-back", 401L),
            tuple(250L, "roll-back", 402L),
            tuple(330L, "skip", -1L));
    assertThat(data.history().changes())
        .containsExactly(
            new History.Change(100, List.of(new History.Weight("*", "en", 0.41, 0.45))));
  }

  @Test
  void samplesCoverOutcomesLanguagesAndReasons(SparkSession spark) throws IOException {
    RunFiles run = ExampleRun.write(spark, temporary);
    ReportData data = write(spark, run, temporary.resolve("a.html"));
    ReportData again = write(spark, run, temporary.resolve("b.html"));

    assertThat(data.samples()).hasSizeLessThan(60).isEqualTo(again.samples());
    assertThat(data.samples())
        .extracting(Sample::outcome, Sample::reason, Sample::language)
        .contains(
            tuple("kept", "", "zh-Hant"),
            tuple("rejected", "words", "en"),
            tuple("rejected", "words", "zh-Hans"),
            tuple("rejected", "near_duplicate", "zh-Hans"),
            tuple("failed", "gzip_damaged", "und"));
    assertThat(data.samples())
        .filteredOn(sample -> sample.reason().equals("near_duplicate"))
        .singleElement()
        .satisfies(sample -> assertThat(sample.survivorText()).startsWith("日期时间工具类"));
    assertThat(Files.readString(temporary.resolve("a.html")))
        .isEqualTo(Files.readString(temporary.resolve("b.html")))
        .contains("symbol share 0.2143 &gt; 0.15");
  }

  @Test
  void signalsAreDrawnWithTheirThresholdsAndWhatStandsBesideThem(SparkSession spark)
      throws IOException {
    RunFiles run = ExampleRun.write(spark, temporary);
    ReportData data = write(spark, run, temporary.resolve("report.html"));

    Distribution words =
        data.distributions().stream()
            .filter(one -> one.language().equals("en") && one.signal().equals("words"))
            .findFirst()
            .orElseThrow();
    // twelve that are kept, a duplicate, an empty one, and one of hostile text
    assertThat(words.documents()).isEqualTo(15);
    assertThat(words.bins().stream().mapToLong(Long::longValue).sum()).isEqualTo(15);
    assertThat(words.axis().min()).isZero();
    assertThat(words.axis().max()).isEqualTo(100_000); // the threshold
    Distribution.Cut least =
        words.cuts().stream()
            .filter(cut -> cut.reason().equals("words") && cut.least())
            .findFirst()
            .orElseThrow();
    assertThat(least.threshold()).isEqualTo(50);
    assertThat(least.source()).isEqualTo("Gopher A.1.1");
    assertThat(least.beyond()).isEqualTo(2);
    assertThat(least.inside())
        .hasValueSatisfying(near -> assertThat(near.text()).startsWith("Returns the index"));
    assertThat(least.outside()).hasValueSatisfying(near -> assertThat(near.value()).isLessThan(50));
    assertThat(data.distributions())
        .filteredOn(one -> one.signal().equals("stop_words") && one.language().equals("mul"))
        .isEmpty();
    var xml = new PageXml(Files.readString(temporary.resolve("report.html")));
    assertThat(xml.text()).contains("Signals and thresholds").contains("Just beyond: ");
  }

  @Test
  void aRunThatHasNotBegunIsAPageToo(SparkSession spark) throws IOException {
    RunFiles run =
        RunFiles.in(new RunFolders(new org.apache.hadoop.fs.Path(temporary.toUri())), "new");
    Path page = temporary.resolve("report.html");
    ReportData data = write(spark, run, page);
    assertThat(data).isEqualTo(ReportData.none("new"));
    assertThat(new PageXml(Files.readString(page)).text()).contains("Nothing to show yet");
  }

  @Test
  void aDamagedFileIsLeftOutAndSaid(SparkSession spark) throws IOException {
    RunFiles run = ExampleRun.writeFigures(temporary);
    Files.writeString(temporary.resolve("shards/shards.json"), "{\"groups\": [\n{\"split\"");
    ReportData data = write(spark, run, temporary.resolve("report.html"));
    assertThat(data.corpus().isEmpty()).isTrue();
    assertThat(data.notes())
        .anyMatch(note -> note.startsWith("shards.json is left out: it is no JSON (line "));
  }

  @Test
  void aFolderWithoutAManifestIsSaidToBeUnfinished(SparkSession spark) throws IOException {
    RunFiles run = ExampleRun.writeFigures(temporary);
    Files.delete(temporary.resolve("training/_MANIFEST.json"));
    ReportData data = write(spark, run, temporary.resolve("report.html"));
    assertThat(data.notes())
        .contains("training/ is not finished: its figures are those so far.")
        .noneMatch(note -> note.startsWith("shards/"));
    assertThat(data.history().isEmpty()).isFalse();
  }
}
