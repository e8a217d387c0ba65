package io.gristmill.curation.decontamination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DecontaminationTest {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("id", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false);

  @TempDir Path folder;

  @Test
  void anyPartitioningWritesTheSameBytes(SparkSession spark) throws IOException {
    write("sets/a.jsonl", exam(0, 30));
    var config = config("sets/a.jsonl");
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 60; i++) {
      String text = "Page %d. ".formatted(i) + (i % 3 == 0 ? asked(i / 2) + asked(i / 3) : "Rain.");
      rows.add(RowFactory.create(i / 7, i % 7, "%032x".formatted(i * 7919 % 61), text));
    }
    Dataset<Row> documents = spark.createDataFrame(rows, DOCUMENTS);
    Decontamination.write(documents.repartition(1), config, path("one"));
    Decontamination.write(documents.repartition(5), config, path("five"));

    assertThat(bytes("five")).isEqualTo(bytes("one"));
    assertThat(Files.readString(folder.resolve("five/sets.json")))
        .isEqualTo(Files.readString(folder.resolve("one/sets.json")));
    List<Row> clean =
        Decontamination.clean(documents, path("one")).select("file", "row").collectAsList();
    assertThat(clean).hasSize(40);
    JsonNode set =
        new ObjectMapper().readTree(folder.resolve("one/sets.json").toFile()).at("/sets/0");
    assertThat(set.at("/items").asInt()).isEqualTo(30);
    assertThat(set.at("/checked").asInt()).isEqualTo(30);
    assertThat(set.at("/documents").asInt()).isEqualTo(20);
    assertThat(set.at("/items_found").asInt())
        .isEqualTo(26); // 0 to 19, and six of the numbers i / 2 above
  }

  @Test
  void setsOfEveryFormatAreReadAndCounted(SparkSession spark) throws IOException {
    write("sets/plain.jsonl", exam(0, 4) + "{\"question\": \"Why?\", \"answer\": \"So.\"}\n");
    Files.createDirectories(folder.resolve("sets/zipped"));
    try (var gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("sets/zipped/b.jsonl.gz")))) {
      gzip.write(exam(10, 14).getBytes(UTF_8));
    }
    write("sets/lines.txt", "What does miller number 20 grind on day 20?\tcorn20\nWhy?\n");
    spark
        .read()
        .json(folder.resolve("sets/plain.jsonl").toString())
        .coalesce(1)
        .write()
        .parquet(folder.resolve("sets/table").toString());
    var config = config("sets/plain.jsonl", "sets/zipped/*.gz", "sets/lines.txt", "sets/table");
    var rows = List.of(RowFactory.create(0, 0, "0", asked(12) + asked(20)));

    Decontamination.write(spark.createDataFrame(rows, DOCUMENTS), config, path("out"));

    List<Row> found = Decontamination.read(spark, path("out")).orderBy("rank").collectAsList();
    assertThat(found)
        .extracting(row -> row.getAs("evaluation") + " " + row.getAs("item"))
        .containsExactly("zipped zipped/b.jsonl.gz:3", "lines lines.txt:1");
    JsonNode sets =
        new ObjectMapper().readTree(folder.resolve("out/sets.json").toFile()).at("/sets");
    assertThat(sets)
        .extracting(set -> "%s %d".formatted(set.at("/name").asText(), set.at("/items").asInt()))
        .containsExactly("plain 5", "zipped 4", "lines 2", "table 5");
    assertThat(sets.at("/3/uncheckable/too_short").asInt()).isEqualTo(1);
    assertThat(sets.at("/3/uncheckable_examples/0").asText()).startsWith("table/").endsWith(":5");
  }

  @Test
  void aCorruptLineStopsWithItsPlace(SparkSession spark) throws IOException {
    write("sets/a.jsonl", exam(0, 2) + "{\"question\": \"half");
    assertThatThrownBy(() -> Decontamination.check(spark, config("sets/a.jsonl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a.jsonl:3: ")
        .hasMessageEndingWith(
            "; mend the line or take it out, or set the format of the evaluation set");
    write("sets/a.jsonl", "[1, 2]");
    assertThatThrownBy(() -> Decontamination.check(spark, config("sets/a.jsonl")))
        .hasMessage(
            "a.jsonl:1: a value that is no object; an evaluation set has one object a line");
  }

  @Test
  void aCutFileStops(SparkSession spark) throws IOException {
    Path file = folder.resolve("cut.jsonl.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(exam(0, 2000).getBytes(UTF_8));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Decontamination.check(spark, config("cut.jsonl.gz")))
        .hasMessageContaining("cut.jsonl.gz after line ")
        .hasMessageEndingWith("; get the file again");
  }

  @Test
  void aFileOfAnotherFormatIsRefused(SparkSession spark) throws IOException {
    write("sets/page.html", "<html><body>What?</body></html>");
    assertThatThrownBy(() -> Decontamination.check(spark, config("sets/page.html")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("page.html of the evaluation set page is of format html, must be");
  }

  private DecontaminationConfig config(String... sets) {
    return DecontaminationConfig.of(
        List.of(sets).stream()
            .map(set -> EvaluationConfig.of(folder.resolve(set).toString()))
            .toList());
  }

  /** Items from one number to another, one a line. */
  private static String exam(int from, int to) {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"question\": \"What does miller number %d grind on day %d?\", \"answer\": \"corn%d\"}%n"
              .formatted(i, i, i));
    }
    return lines.toString();
  }

  /** An item and its answer as a page has it. */
  private static String asked(int i) {
    return "what does miller number %d grind on day %d? It is corn%d! ".formatted(i, i, i);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve("hits/part-00000.parquet"));
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }
}
