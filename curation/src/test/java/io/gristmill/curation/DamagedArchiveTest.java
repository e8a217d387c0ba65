package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("shared")
@ExtendWith(LocalSpark.class)
class DamagedArchiveTest {
  private static final Path PAGES = Path.of(System.getProperty("tests.shared"), "data/html");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"20, 1024", "6, 8192"})
  void everyUndamagedRecordIsThereAndTheBytesBalance(int mebibytes, int run, SparkSession spark)
      throws IOException {
    assumeTrue(Files.isDirectory(PAGES), "damage: no shared pages at " + PAGES + ", skipped");
    String found =
        DamagedArchiveCheck.check(
            spark, folder, DamagedArchive.pages(PAGES), (long) mebibytes << 20, 0.01, run);
    assertThat(found).contains("each found once").contains("gzip_damaged");
  }
}
