package io.gristmill.curation.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class PlacementTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "268435456, 1", "268435457, 2", "10995116277760, 40960"})
  void thereIsAFileForEvery256Mebibytes(long bytes, int files) {
    assertThat(Placement.files(bytes)).isEqualTo(files);
  }

  @Test
  void filesAreTheSameBytesForAnyOrderAndPartitioning(SparkSession spark) throws IOException {
    List<String> ids =
        new ArrayList<>(IntStream.range(0, 500).mapToObj("%032x"::formatted).toList());
    Map<String, List<Byte>> first = written(spark, ids, 1, "first");
    Collections.shuffle(ids, new Random(1));
    assertThat(first).hasSize(6).containsKey("half=0/part-00002.parquet");
    assertThat(written(spark, ids, 9, "second")).isEqualTo(first);
  }

  private Map<String, List<Byte>> written(
      SparkSession spark, List<String> ids, int partitions, String name) throws IOException {
    Dataset<Row> rows =
        spark
            .createDataset(ids, Encoders.STRING())
            .toDF("id")
            .repartition(partitions)
            .selectExpr("id", "cast(conv(right(id, 1), 16, 10) % 2 as int) as half");
    Path out = folder.resolve(name);
    ParquetFiles.write(
        Placement.placed(rows, 3).sortWithinPartitions("half", "id"),
        new org.apache.hadoop.fs.Path(out.toUri()),
        "half");
    Map<String, List<Byte>> files = new HashMap<>();
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".parquet")).toList()) {
        byte[] bytes = Files.readAllBytes(path);
        files.put(
            out.relativize(path).toString(),
            IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList());
      }
    }
    return files;
  }
}
