package io.gristmill.curation.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ParquetFilesTest {
  @TempDir private Path folder;

  /** Whoever still reads a step has its file names from when it was made. */
  @Test
  void theFilesOfStepsKeepTheirNames(SparkSession spark) throws Exception {
    Path step = Files.createDirectories(folder.resolve("_steps/buckets"));
    Path made = Files.createFile(step.resolve("part-00000-1f-c000.zstd.parquet"));
    ParquetFiles.write(
        spark.range(1).coalesce(1).toDF(), new org.apache.hadoop.fs.Path(folder.toUri()));
    assertThat(made).exists();
    assertThat(folder.resolve(ParquetFiles.name(0))).exists();
  }
}
