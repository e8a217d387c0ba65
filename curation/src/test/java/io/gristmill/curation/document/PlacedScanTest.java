package io.gristmill.curation.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
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
class PlacedScanTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final StructType ABOUT =
      new StructType()
          .add(Placed.AT, DataTypes.LongType, false)
          .add("what", DataTypes.StringType, false);
  private static final StructType DOCUMENTS =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false);
  private static final StructType TOLD = new StructType().add("told", DataTypes.StringType, false);

  @TempDir private Path work;

  @Test
  void aPlaceIsAFileAndARow() {
    long last = Place.of(Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertThat(Place.file(last)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Place.row(last)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Place.of(2, 0)).isGreaterThan(Place.of(1, Integer.MAX_VALUE));
  }

  @Test
  void aReaderFindsTheRowsOfAPlaceForwardAndBackward(SparkSession spark) {
    var folder =
        written(
            spark,
            2,
            about(2, 0, "d"),
            about(0, 3, "b"),
            about(0, 7, "c"),
            about(0, 3, "a"),
            about(0, 3, "aa"));
    assertThat(work.resolve(ParquetFiles.name(0))).exists();
    assertThat(work.resolve(ParquetFiles.name(1))).doesNotExist();
    var hadoop = spark.sparkContext().hadoopConfiguration();
    try (var reader = new PlacedReader(folder.toString(), 2, hadoop)) {
      assertThat(whats(reader.at(Place.of(0, 0)))).isEmpty();
      assertThat(whats(reader.at(Place.of(0, 3)))).containsExactly("a", "aa", "b");
      assertThat(whats(reader.at(Place.of(0, 5)))).isEmpty();
      assertThat(whats(reader.at(Place.of(0, 7)))).containsExactly("c");
      assertThat(whats(reader.at(Place.of(0, 8)))).isEmpty();
      assertThat(whats(reader.at(Place.of(0, 9)))).isEmpty();

      assertThat(whats(reader.at(Place.of(0, 7)))).as("backward").containsExactly("c");
      assertThat(whats(reader.at(Place.of(0, 3)))).as("backward").containsExactly("a", "aa", "b");
      assertThat(whats(reader.at(Place.of(0, 3)))).as("again").containsExactly("a", "aa", "b");

      assertThat(whats(reader.at(Place.of(1, 3)))).as("a missing file").isEmpty();
      assertThat(whats(reader.at(Place.of(1, 4)))).as("a missing file").isEmpty();
      assertThat(whats(reader.at(Place.of(2, 0)))).as("a shared file").containsExactly("d");
      assertThat(whats(reader.at(Place.of(0, 4)))).as("passed over").isEmpty();
      assertThat(whats(reader.at(Place.of(0, 7)))).containsExactly("c");
    }
  }

  /** Documents of several files in any order, each with none to three rows about it. */
  @Test
  void everyDocumentMeetsWhatIsKnownOfItAndEachTaskEndsOnce(SparkSession spark) {
    List<Row> documents = new ArrayList<>();
    List<Row> abouts = new ArrayList<>();
    List<String> expected = new ArrayList<>(List.of("end", "end", "end"));
    for (int file = 0; file < 5; file++) {
      for (int row = 0; row < 8; row++) {
        documents.add(RowFactory.create(file, row));
        StringBuilder told = new StringBuilder("%d %d".formatted(file, row));
        for (int i = 0; i < (file == 3 ? 0 : row % 4); i++) {
          abouts.add(about(file, row, file + "-" + row + "-" + i));
          told.append(' ').append(file + "-" + row + "-" + i);
        }
        expected.add(told.toString());
      }
    }
    var random = new Random(SEED);
    Collections.shuffle(documents, random);
    Collections.shuffle(abouts, random);
    Dataset<Row> stored = spark.createDataFrame(documents, DOCUMENTS).repartition(3);
    assertThat(Placed.documentFiles(stored)).isEqualTo(5);

    var folder = written(spark, 4, abouts.toArray(Row[]::new));
    List<Row> told =
        PlacedScan.of(spark, folder, 4).rows(stored, TOLD, Telling::new).collectAsList();

    assertThat(told)
        .as("seed=%d", SEED)
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void filesFollowFromThoseOfTheDocuments(SparkSession spark) {
    assertThat(Placed.documentFiles(spark.createDataFrame(List.<Row>of(), DOCUMENTS))).isZero();
    assertThat(List.of(0, 1, 31, 32, 1 << 20))
        .extracting(Placed::files)
        .containsExactly(1, 1, 1, 2, 4096);
  }

  /** Tells what is known of each document, and that the task ends. */
  private static final class Telling implements PlacedScan.Reading {
    @Override
    public Iterator<Row> of(Row document, List<Group> about) {
      var told = new StringBuilder("%d %d".formatted(document.getInt(0), document.getInt(1)));
      whats(about).forEach(what -> told.append(' ').append(what));
      return List.of(RowFactory.create(told.toString())).iterator();
    }

    @Override
    public Iterator<Row> last() {
      return List.of(RowFactory.create("end")).iterator();
    }
  }

  private org.apache.hadoop.fs.Path written(SparkSession spark, int files, Row... rows) {
    var folder = new org.apache.hadoop.fs.Path(work.toUri());
    Placed.write(spark.createDataFrame(List.of(rows), ABOUT), files, folder, "what");
    return folder;
  }

  private static Row about(int file, int row, String what) {
    return RowFactory.create(Place.of(file, row), what);
  }

  private static List<String> whats(List<Group> rows) {
    return rows.stream().map(row -> row.getString("what", 0)).toList();
  }
}
