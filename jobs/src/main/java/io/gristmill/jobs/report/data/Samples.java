package io.gristmill.jobs.report.data;

import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Chooses a few documents of each outcome, language and reason: those whose {@code xxhash64(id,
 * seed)} is smallest, so the choice depends on nothing but the ids and the seed. Two passes: ids
 * only, then the beginnings of the chosen texts.
 */
final class Samples {
  /** Code points of a text that are read. */
  static final int TEXT = 1200;

  private static final int KEPT_PER_GROUP = 3;
  private static final Map<String, Integer> GROUPS = Map.of("kept", 4, "rejected", 24, "failed", 8);

  private static final Column OUTCOME = col("outcome");
  private static final Column LANGUAGE = col("language");
  private static final Column REASON = col("reason");

  private Samples() {}

  /** One chosen id, with what the documents of its group share. */
  private record Choice(
      String outcome, String language, String reason, long group, String id, String survivorId) {}

  /** Samples in the order in which they are shown; none where there are no documents. */
  static List<Sample> read(SparkSession spark, Path documents, long seed) throws IOException {
    if (!written(documents.getFileSystem(spark.sparkContext().hadoopConfiguration()), documents)) {
      return List.of();
    }
    Dataset<Row> rows = columns(spark.read().parquet(documents.toString()));
    List<Choice> choices = choices(rows, seed);
    return choices.isEmpty() ? List.of() : samples(rows, choices);
  }

  static boolean written(FileSystem files, Path documents) throws IOException {
    if (!files.exists(documents)) {
      return false;
    }
    for (FileStatus status : files.listStatus(documents)) {
      if (status.getPath().getName().startsWith("outcome=")) {
        return true;
      }
    }
    return false;
  }

  /** The columns that are shown, empty where documents/ does not have them. */
  private static Dataset<Row> columns(Dataset<Row> documents) {
    List<String> present = Arrays.asList(documents.columns());
    var columns = new ArrayList<Column>();
    for (String name :
        List.of(
            "outcome",
            "language",
            "reason",
            "id",
            "survivor_id",
            "domain",
            "source",
            "url",
            "title",
            "text",
            "signal",
            "detail")) {
      columns.add(coalesce(column(present, name, DataTypes.StringType), lit("")).as(name));
    }
    for (String name : List.of("value", "threshold", "similarity")) {
      columns.add(coalesce(column(present, name, DataTypes.DoubleType), lit(Double.NaN)).as(name));
    }
    return documents.select(columns.toArray(new Column[0]));
  }

  private static Column column(List<String> present, String name, DataType type) {
    return (present.contains(name) ? col(name) : lit(null)).cast(type);
  }

  private static List<Choice> choices(Dataset<Row> rows, long seed) {
    var smallest = new ArrayList<Column>();
    for (int i = 0; i < KEPT_PER_GROUP; i++) {
      Column hash = xxhash64(col("id"), lit(seed + i));
      smallest.add(min(struct(hash.as("hash"), col("id"), col("survivor_id"))).as("smallest" + i));
    }
    Column largestFirst = col("group").desc();
    List<Row> groups =
        rows.groupBy(OUTCOME, LANGUAGE, REASON)
            .agg(count(lit(1)).as("group"), smallest.toArray(new Column[0]))
            .withColumn(
                "turn",
                row_number()
                    .over(Window.partitionBy(OUTCOME, REASON).orderBy(largestFirst, LANGUAGE)))
            .withColumn(
                "place",
                row_number()
                    .over(
                        Window.partitionBy(OUTCOME)
                            .orderBy(col("turn"), largestFirst, REASON, LANGUAGE)))
            .where(col("place").leq(lit(GROUPS.get("rejected"))))
            .orderBy(OUTCOME, col("place"))
            .collectAsList();
    var choices = new LinkedHashSet<Choice>(); // two seeds may choose the same document
    for (Row row : groups) {
      String outcome = row.getString(0);
      if (row.<Integer>getAs("place") > GROUPS.getOrDefault(outcome, 0)) {
        continue;
      }
      for (int i = 0; i < (outcome.equals("kept") ? KEPT_PER_GROUP : 1); i++) {
        Row chosen = row.getStruct(4 + i);
        choices.add(
            new Choice(
                outcome,
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                chosen.getString(1),
                chosen.getString(2)));
      }
    }
    return List.copyOf(choices);
  }

  private static List<Sample> samples(Dataset<Row> rows, List<Choice> choices) {
    Set<String> ids = new LinkedHashSet<>();
    choices.forEach(choice -> ids.add(choice.id()));
    choices.forEach(choice -> ids.add(choice.survivorId()));
    List<Row> read =
        rows.where(col("id").isin(ids.toArray()))
            .withColumn("characters", char_length(col("text")))
            .withColumn("text", substring(col("text"), 1, TEXT))
            .groupBy(OUTCOME, REASON, col("id"))
            .agg(
                min(struct(
                        col("source"),
                        col("domain"),
                        col("url"),
                        col("title"),
                        col("text"),
                        col("characters"),
                        col("signal"),
                        col("value"),
                        col("threshold"),
                        col("similarity"),
                        col("detail")))
                    .as("document"))
            .collectAsList();
    Map<String, Row> documents = new HashMap<>();
    Map<String, String> kept = new HashMap<>();
    for (Row row : read) {
      Row document = row.getStruct(3);
      documents.put(key(row.getString(0), row.getString(1), row.getString(2)), document);
      if (row.getString(0).equals("kept")) {
        kept.put(row.getString(2), document.getString(4));
      }
    }
    return choices.stream()
        .map(
            choice ->
                sample(choice, documents.get(key(choice.outcome(), choice.reason(), choice.id())))
                    .withSurvivorText(kept.getOrDefault(choice.survivorId(), "")))
        .toList();
  }

  private static String key(String outcome, String reason, String id) {
    return outcome + " " + reason + " " + id;
  }

  private static Sample sample(Choice choice, Row document) {
    return new Sample(
        choice.outcome(),
        choice.language(),
        choice.reason(),
        choice.group(),
        choice.id(),
        document.getString(1),
        document.getString(0),
        document.getString(2),
        document.getString(3),
        document.getString(4),
        document.getInt(5),
        document.getString(6),
        document.getDouble(7),
        document.getDouble(8),
        choice.survivorId(),
        "",
        document.getDouble(9),
        document.getString(10));
  }
}
