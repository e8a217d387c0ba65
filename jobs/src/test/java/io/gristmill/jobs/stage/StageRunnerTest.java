package io.gristmill.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.jobs.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class StageRunnerTest {
  private record Settings(int bands, List<String> names) {}

  /** Writes its number of bands into a file; fails as often as told. */
  private static class BandStage implements Stage {
    private final java.nio.file.Path folder;
    private final Settings settings;
    private final boolean resumes;
    private int failures;

    BandStage(java.nio.file.Path folder, int bands, int failures, boolean resumes) {
      this.folder = folder;
      this.settings = new Settings(bands, List.of("en", "zh"));
      this.failures = failures;
      this.resumes = resumes;
    }

    @Override
    public String name() {
      return "band";
    }

    @Override
    public Path folder() {
      return new Path(folder.toString());
    }

    @Override
    public SortedMap<String, String> inputs() {
      return new Inputs(1).configuration("minhash", settings).all();
    }

    @Override
    public boolean resumes() {
      return resumes;
    }

    @Override
    public String run() throws IOException {
      java.nio.file.Path half = folder.resolve("half.txt");
      boolean found = Files.exists(half);
      Files.writeString(half, "half");
      if (failures-- > 0) {
        throw new IOException("killed");
      }
      Files.writeString(folder.resolve("bands.txt"), settings.bands() + (found ? " resumed" : ""));
      return "banded";
    }
  }

  @TempDir java.nio.file.Path temporary;

  private final List<String> log = new ArrayList<>();

  @Test
  void anUpToDateStageIsSkipped(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    assertThat(runner.run(List.of(stage(14, 0, false)))).isEqualTo(1);
    assertThat(runner.run(List.of(stage(14, 0, false)))).isZero();
    assertThat(log).first().asString().isEqualTo("[1/1] band: no output yet");
    assertThat(log).last().isEqualTo("[1/1] band: up to date");
  }

  @Test
  void aChangedConfigurationRunsAgainAndSaysWhich(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    runner.run(List.of(stage(14, 0, false)));
    runner.run(List.of(stage(20, 0, false)));
    assertThat(log).contains("[1/1] band: again, since minhash.bands changed from 14 to 20");
    assertThat(temporary.resolve("out/bands.txt")).hasContent("20");
  }

  @Test
  void aLostOrCutFileRunsAgain(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    runner.run(List.of(stage(14, 0, false)));
    Files.writeString(temporary.resolve("out/bands.txt"), "1");
    Files.deleteIfExists(temporary.resolve("out/.bands.txt.crc"));
    runner.run(List.of(stage(14, 0, false)));
    assertThat(log).contains("[1/1] band: again, since bands.txt has 1 bytes instead of 2");
    assertThat(temporary.resolve("out/bands.txt")).hasContent("14");
  }

  @Test
  void anInterruptedStageIsNotTakenForCompleteAndStartsClean(SparkSession spark)
      throws IOException {
    var runner = new StageRunner(spark, log::add);
    assertThatThrownBy(() -> runner.run(List.of(stage(14, 1, false)))).hasMessage("killed");
    assertThatThrownBy(
            () ->
                new Inputs(1)
                    .published(
                        "band",
                        new Path(temporary.resolve("out").toUri()),
                        spark.sparkContext().hadoopConfiguration()))
        .hasMessageContaining("not published; run the stage band first");
    runner.run(List.of(stage(14, 0, false)));
    assertThat(temporary.resolve("out/bands.txt")).hasContent("14");
  }

  @Test
  void aStageThatResumesFindsWhatItLeft(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    assertThatThrownBy(() -> runner.run(List.of(stage(14, 1, true)))).hasMessage("killed");
    runner.run(List.of(stage(14, 0, true)));
    assertThat(log).contains("[1/1] band: resuming what was interrupted");
    assertThat(temporary.resolve("out/bands.txt")).hasContent("14 resumed");
  }

  @Test
  void whatWasStartedWithOtherInputsIsNotResumed(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    assertThatThrownBy(() -> runner.run(List.of(stage(14, 1, true)))).hasMessage("killed");
    runner.run(List.of(stage(20, 0, true)));
    assertThat(temporary.resolve("out/bands.txt")).hasContent("20");
  }

  @Test
  void aFolderOfSomebodyElseIsLeftAlone(SparkSession spark) throws IOException {
    Files.createDirectories(temporary.resolve("out"));
    Files.writeString(temporary.resolve("out/thesis.txt"), "years of work");
    var runner = new StageRunner(spark, log::add);
    assertThatThrownBy(() -> runner.run(List.of(stage(14, 0, false))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out holds thesis.txt and was not made by Gristmill; move it away");
    assertThat(temporary.resolve("out/thesis.txt")).hasContent("years of work");
  }

  @Test
  void whatWouldFailIsFoundBeforeEarlierOutputIsTouched(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    runner.run(List.of(stage(14, 0, false)));
    BandStage refused =
        new BandStage(temporary.resolve("out"), 20, 0, false) {
          @Override
          public void check() {
            throw new IllegalArgumentException("minhash.bands is 20, must be less");
          }
        };
    assertThatThrownBy(() -> runner.run(List.of(refused))).hasMessageContaining("must be less");
    assertThat(temporary.resolve("out/bands.txt")).hasContent("14");
  }

  @Test
  void whatTookLongIsKeptAside(SparkSession spark) throws IOException {
    var runner = new StageRunner(spark, log::add);
    for (int bands : new int[] {14, 20}) {
      BandStage precious =
          new BandStage(temporary.resolve("out"), bands, 0, true) {
            @Override
            public boolean keepsWhatItReplaces() {
              return true;
            }
          };
      runner.run(List.of(precious));
    }
    assertThat(temporary.resolve("out.replaced-1/bands.txt")).hasContent("14");
    assertThat(temporary.resolve("out/bands.txt")).hasContent("20");
  }

  @Test
  void whatAStageWroteElsewhereIsMissed(SparkSession spark) throws IOException {
    java.nio.file.Path ledger = temporary.resolve("ledger");
    BandStage stage =
        new BandStage(temporary.resolve("out"), 14, 0, false) {
          @Override
          public List<Path> besides() {
            return List.of(new Path(ledger.toString()));
          }

          @Override
          public String run() throws IOException {
            Files.createDirectories(ledger);
            return super.run();
          }
        };
    var runner = new StageRunner(spark, log::add);
    runner.run(List.of(stage));
    Files.delete(ledger);
    runner.run(List.of(stage));
    assertThat(log).anySatisfy(line -> assertThat(line).endsWith("ledger is gone"));
    assertThat(ledger).exists();
  }

  private BandStage stage(int bands, int failures, boolean resumes) {
    return new BandStage(temporary.resolve("out"), bands, failures, resumes);
  }
}
