package io.gristmill.curation.passage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.LocalSpark;
import io.gristmill.curation.dedup.Node;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.dedup.StoredDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
class DuplicatePassagesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int DOCUMENTS = 300;
  private static final int DOCUMENTS_PER_FILE = 15;
  private static final String HOT =
      "All rights reserved; no part of this page may be copied without permission.";
  private static final PassageConfig CONFIG = new PassageConfig(true, true, true, 6, 20, 0.3, 4);
  private static final StructType SCHEMA =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("id", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false)
          .add("fetched_at", DataTypes.TimestampType);

  @TempDir Path work;

  /**
   * Random documents of common sentences, half of them with one line in common, in files whose rows
   * come in any order: as when all are in memory, whatever the partitions.
   */
  @Test
  void whatGoesIsWhatAFirstOccurrenceInSurvivorOrderSays(SparkSession spark) {
    List<Row> rows = rows();
    Set<Integer> gone = Set.of(3, 77, 78, 200);
    Map<String, Row> one = shortened(spark, rows, gone, 1, "one");
    Map<String, Row> seven = shortened(spark, rows, gone, 7, "seven");
    assertThat(seven).as("seed %d", SEED).isEqualTo(one);

    List<Row> stay =
        IntStream.range(0, rows.size())
            .filter(i -> !gone.contains(i))
            .mapToObj(rows::get)
            .sorted(Comparator.comparing(DuplicatePassagesTest::node))
            .toList();
    List<String> texts = stay.stream().map(row -> row.getString(3)).toList();
    List<String> left = Texts.left(texts, CONFIG);
    int rejected = 0;
    Set<String> kept = new HashSet<>();
    Set<String> removed = new HashSet<>();
    for (int i = 0; i < stay.size(); i++) {
      Row found = one.get(stay.get(i).getString(2));
      String text = texts.get(i);
      if (found == null) {
        assertThat(left.get(i)).isEqualTo(text);
        kept.addAll(Texts.sentences(text));
        continue;
      }
      String without = Shortened.without(text, found.getList(3));
      assertThat(without).as("seed %d, document %d", SEED, i).isEqualTo(left.get(i));
      assertThat(found.getLong(4)).isEqualTo(without.getBytes(UTF_8).length);
      int characters =
          found.<String, Integer>getJavaMap(5).values().stream().mapToInt(n -> n).sum();
      assertThat(without.length() + characters).isEqualTo(text.length());
      Set<String> lost = new HashSet<>(Texts.sentences(text));
      if (found.isNullAt(6)) {
        lost.removeAll(Texts.sentences(without));
        removed.addAll(lost);
        kept.addAll(Texts.sentences(without));
      } else {
        lost.removeAll(Texts.sentences(without));
        removed.addAll(lost);
        assertThat(found.getString(6)).isEqualTo("duplicate_passages");
        assertThat(found.getDouble(8)).isLessThan(found.getDouble(9));
        rejected++;
      }
    }
    assertThat(one.size()).isGreaterThan(DOCUMENTS / 2);
    assertThat(rejected).isPositive();
    assertThat(removed).isNotEmpty();
    assertThat(kept)
        .as("seed %d: every removed sentence stands in a kept document", SEED)
        .containsAll(removed);
    assertThat(kept).contains(HOT);
  }

  @Test
  void aDocumentThatKeepsTheOnlyCopyOfAPassageIsNotRejected() {
    String text = HOT + "\nand a line that goes";
    List<Span> goes = List.of(new Span(PassageKind.LINE, 0, HOT.length()));
    assertThat(Shortened.of("0", 0, 0, text, goes, false, CONFIG).rejected())
        .hasValueSatisfying(rejected -> assertThat(rejected.signal()).isEqualTo("left_share"));
    assertThat(Shortened.of("0", 0, 0, text, goes, true, CONFIG).rejected()).isEmpty();
    List<Span> all = List.of(new Span(PassageKind.LINE, 0, text.length()));
    assertThat(Shortened.of("0", 0, 0, text, all, true, CONFIG).rejected()).isPresent();
    String fewWords = HOT + "\n" + "one two three 字";
    var strict = new PassageConfig(true, false, false, 6, 20, 0, 4);
    assertThat(Shortened.of("0", 0, 0, fewWords, goes, false, strict).rejected())
        .hasValueSatisfying(
            rejected -> {
              assertThat(rejected.signal()).isEqualTo("left_words");
              assertThat(rejected.value()).isEqualTo(3.5);
            });
  }

  private Map<String, Row> shortened(
      SparkSession spark, List<Row> rows, Set<Integer> gone, int partitions, String name) {
    Dataset<Row> documents =
        spark
            .createDataFrame(rows, SCHEMA)
            .withColumn("quality", lit(0))
            .withColumn("known", lit(false))
            .repartition(partitions);
    Dataset<Row> places =
        spark.createDataFrame(gone.stream().map(rows::get).toList(), SCHEMA).select("file", "row");
    Steps steps =
        Steps.in(
            new org.apache.hadoop.fs.Path(work.resolve(name).toUri()),
            spark.sparkContext().hadoopConfiguration());
    return DuplicatePassages.shortened(documents, places, CONFIG, steps).collectAsList().stream()
        .collect(toMap(row -> row.getString(0), row -> row));
  }

  private static List<Row> rows() {
    var random = new SplittableRandom(SEED);
    List<String> pool =
        IntStream.range(0, 400)
            .mapToObj(i -> Texts.sentence(random, random.nextInt(3, 14), i % 2 == 0).strip())
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      int at = random.nextInt(pool.size());
      List<String> parts = new ArrayList<>();
      for (int n = random.nextInt(1, 14); n > 0; n--) {
        at = random.nextInt(3) == 0 ? random.nextInt(pool.size()) : (at + 1) % pool.size();
        parts.add(pool.get(at));
      }
      String text = parts.stream().collect(joining(i % 3 == 0 ? "\n" : " "));
      String id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
      rows.add(
          RowFactory.create(
              i / DOCUMENTS_PER_FILE,
              i % DOCUMENTS_PER_FILE,
              id,
              i % 2 == 0 ? text + "\n\n" + HOT : text,
              null));
    }
    return rows;
  }

  private static Node node(Row row) {
    return new StoredDocument(
            row.getInt(0), row.getInt(1), row.getString(2), row.getString(3), -1, 0, false)
        .node();
  }
}
