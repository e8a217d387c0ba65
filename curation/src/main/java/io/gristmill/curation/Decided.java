package io.gristmill.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.decontamination.Contamination;
import io.gristmill.curation.dedup.Duplicate;
import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.document.Placement;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.passage.Shortened;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Judged records with the verdicts of the stages after, placed into the files of documents/. This
 * is the one time that text is shuffled; the verdicts join on the way, and passages are removed.
 */
final class Decided {
  /** Reasons of documents that were never compared with others. */
  private static final Object[] UNCLUSTERED = {
    Contamination.CONTAMINATED, Duplicate.DUPLICATE_ID, Duplicate.URL_DUPLICATE
  };

  /** What a row weighs besides its text, about. */
  private static final long ROW_BYTES = 512;

  private Decided() {}

  /**
   * All records with what was found of them, one partition a file and sorted within.
   *
   * @param records of {@link Judged#records}
   * @param verdicts of {@link Verdicts#SCHEMA}
   * @param shortened of {@link Shortened#SCHEMA}, where passages were looked for
   */
  static Dataset<Row> decided(
      Dataset<Row> records,
      Dataset<Row> verdicts,
      Optional<Dataset<Row>> shortened,
      RejectedText rejectedText) {
    int files = Placement.files(bytes(records, rejectedText));
    Dataset<Row> placed = Placement.placed(records, files);
    Dataset<Row> found = joined(placed, verdicts, Verdicts.SCHEMA, files, "found");
    Dataset<Row> joined =
        shortened
            .map(rows -> joined(found, rows, Shortened.SCHEMA, files, "shortened"))
            .orElseGet(() -> found.withColumn("shortened", lit(null).cast(Shortened.SCHEMA)));
    return joined
        .select(
            Arrays.stream(DocumentSchema.DOCUMENTS.fieldNames())
                .map(name -> column(name, rejectedText).as(name))
                .toArray(Column[]::new))
        .sortWithinPartitions("outcome", "id", "source");
  }

  /** Adds a column with the row that knows of the same record, or null. */
  private static Dataset<Row> joined(
      Dataset<Row> placed, Dataset<Row> known, StructType schema, int files, String column) {
    Dataset<Row> byId =
        Placement.placed(known, files)
            .groupBy(col("id").as("known_id"))
            .agg(collect_list(struct(columnsOf(schema))).as("known"));
    return placed
        .join(byId, col("id").equalTo(col("known_id")), "left")
        .withColumn(column, expr("get(filter(known, k -> k.file = file and k.row = row), 0)"))
        .drop("known_id", "known");
  }

  /**
   * Writes decided records: kept, rejected and failed at once. Where nothing was kept, a file
   * without rows says so to those who read the kept ones.
   */
  static void write(Dataset<Row> decided, Path documents) throws IOException {
    ParquetFiles.write(decided, documents, "outcome");
    SparkSession session = decided.sparkSession();
    Path kept = new Path(documents, "outcome=" + Outcome.KEPT.key());
    if (!kept.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(kept)) {
      ParquetFiles.write(session.createDataFrame(List.<Row>of(), DocumentSchema.DOCUMENT), kept);
    }
  }

  private static Column column(String name, RejectedText rejectedText) {
    Column duplicate = col("found.reason").isNotNull();
    Column emptied = col("shortened.reason").isNotNull();
    Column shortened = col("shortened.id").isNotNull().and(not(emptied));
    Column removed = duplicate.or(emptied);
    Column rejected = removed.or(col("outcome").equalTo(Outcome.REJECTED.key()));
    Column clustered =
        col("outcome")
            .equalTo(Outcome.KEPT.key())
            .and(not(coalesce(col("found.reason"), lit("")).isin(UNCLUSTERED)));
    return switch (name) {
      case "outcome" -> when(removed, Outcome.REJECTED.key()).otherwise(col("outcome"));
      case "stage" ->
          coalesce(col("found.stage"), when(emptied, Stage.PASSAGES.key()), col("stage"));
      case "reason", "signal", "value", "threshold" ->
          coalesce(col("found." + name), col("shortened." + name), col(name));
      case "detail" -> coalesce(col("found.detail"), col("detail"));
      case "survivor_id" -> col("found.survivor_id");
      case "similarity" -> col("found.similarity");
      case "cluster_id" -> when(clustered, coalesce(col("found.cluster_id"), col("id")));
      case "cluster_size" -> when(clustered, coalesce(col("found.cluster_size"), lit(1)));
      case "text" ->
          when(rejected.and(withoutText(rejectedText)), null)
              .when(shortened, withoutPassages())
              .otherwise(col("text"));
      case "text_bytes" ->
          when(shortened, col("shortened.left_bytes")).otherwise(col("text_bytes"));
      // their positions are those of the text before passages went
      case "line_signals" -> when(not(shortened), col("line_signals"));
      case "removed" ->
          expr(
              "coalesce(map_zip_with(removed, shortened.removed, (reason, before, after) -> coalesce(before, 0) + coalesce(after, 0)), removed)");
      default -> col(name);
    };
  }

  private static Column[] columnsOf(StructType schema) {
    return Arrays.stream(schema.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
  }

  private static Column withoutText(RejectedText rejectedText) {
    UDF1<String, Boolean> drops = id -> !rejectedText.keeps(id);
    return udf(drops, DataTypes.BooleanType).apply(col("id"));
  }

  private static Column withoutPassages() {
    UDF2<String, Seq<Integer>, String> without =
        (text, spans) -> Shortened.without(text, CollectionConverters.asJava(spans));
    return udf(without, DataTypes.StringType).apply(col("text"), col("shortened.spans"));
  }

  private static long bytes(Dataset<Row> records, RejectedText rejectedText) {
    Column stored =
        rejectedText == RejectedText.ALL
            ? col("text_bytes")
            : when(col("outcome").equalTo(Outcome.KEPT.key()), col("text_bytes")).otherwise(0L);
    Row total = records.agg(coalesce(sum(stored.plus(ROW_BYTES)), lit(0L))).first();
    return total.getLong(0);
  }
}
