package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.lit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Documents as the judged ones are stored, written in the test. */
final class Samples {
  static final StructType SCHEMA =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("id", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false)
          .add("fetched_at", DataTypes.TimestampType);

  private final List<Row> rows = new ArrayList<>();
  private final int rowsPerFile;

  Samples() {
    this(1000);
  }

  Samples(int rowsPerFile) {
    this.rowsPerFile = rowsPerFile;
  }

  Samples add(String name, String text) {
    return add(name, text, null);
  }

  Samples add(String name, String text, Timestamp fetched) {
    int n = rows.size();
    rows.add(RowFactory.create(n / rowsPerFile, n % rowsPerFile, id(name), text, fetched));
    return this;
  }

  Dataset<Row> dataset(SparkSession spark, int partitions) {
    return asJudged(spark.createDataFrame(rows, SCHEMA)).repartition(partitions);
  }

  /** With the columns that curation adds, as they usually are. */
  static Dataset<Row> asJudged(Dataset<Row> documents) {
    return documents
        .withColumn("url", lit(null).cast("string"))
        .withColumn("quality", lit(0))
        .withColumn("known", lit(false));
  }

  /** The duplicates of some documents, with the steps in a folder of that name. */
  static List<Duplicate> find(SparkSession spark, Dataset<Row> documents, Path work, String name) {
    return find(spark, documents, DuplicatesConfig.defaults(), work, name);
  }

  static List<Duplicate> find(
      SparkSession spark, Dataset<Row> documents, DuplicatesConfig config, Path work, String name) {
    return find(
        documents,
        config,
        Steps.in(new Path(work, name), spark.sparkContext().hadoopConfiguration()));
  }

  static List<Duplicate> find(Dataset<Row> documents, DuplicatesConfig config, Steps steps) {
    return find(documents, List.of(), config, steps);
  }

  static List<Duplicate> find(
      Dataset<Row> documents, List<KnownCorpus> known, DuplicatesConfig config, Steps steps) {
    return Duplicates.duplicates(documents, known, config, steps)
        .duplicates()
        .collectAsList()
        .stream()
        .map(Samples::duplicate)
        .toList();
  }

  private static Duplicate duplicate(Row row) {
    Optional<Duplicate.Survivor> survivor =
        row.isNullAt(3)
            ? Optional.empty()
            : Optional.of(
                new Duplicate.Survivor(
                    row.getString(3),
                    row.getString(4),
                    row.isNullAt(5) ? Double.NaN : row.getDouble(5)));
    return new Duplicate(
        row.getString(0), row.getInt(1), row.getInt(2), survivor, row.getString(6), row.getInt(7));
  }

  static String id(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Words that no other call with another seed gives. */
  static List<String> words(int count, long seed) {
    var random = new SplittableRandom(seed);
    var words = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      words.add(Long.toString(random.nextLong(1L << 30), 36));
    }
    return words;
  }
}
