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
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Judged records with the verdicts of the stages after, placed into the files of documents/. This
 * is the one time that text is shuffled, and the verdicts join on the way.
 */
final class Decided {
  /** Reasons of documents that were never compared with others. */
  private static final Object[] UNCLUSTERED = {Contamination.CONTAMINATED, Duplicate.DUPLICATE_ID};

  /** What a row weighs besides its text, about. */
  private static final long ROW_BYTES = 512;

  private Decided() {}

  /**
   * All records with what was found of them, one partition a file and sorted within.
   *
   * @param records of {@link Judged#records}
   * @param verdicts of {@link Verdicts#SCHEMA}
   */
  static Dataset<Row> decided(
      Dataset<Row> records, Dataset<Row> verdicts, RejectedText rejectedText) {
    int files = Placement.files(bytes(records, rejectedText));
    Dataset<Row> byId =
        Placement.placed(verdicts, files)
            .groupBy(col("id").as("verdict_of"))
            .agg(collect_list(struct(columnsOf(Verdicts.SCHEMA))).as("verdicts"));
    Dataset<Row> joined =
        Placement.placed(records, files)
            .join(byId, col("id").equalTo(col("verdict_of")), "left")
            .withColumn(
                "found", expr("get(filter(verdicts, v -> v.file = file and v.row = row), 0)"));
    return joined
        .select(
            Arrays.stream(DocumentSchema.DOCUMENTS.fieldNames())
                .map(name -> column(name, rejectedText).as(name))
                .toArray(Column[]::new))
        .sortWithinPartitions("outcome", "id", "source");
  }

  /** Writes decided records: kept, rejected and failed at once. */
  static void write(Dataset<Row> decided, Path documents) {
    ParquetFiles.write(decided, documents, "outcome");
  }

  private static Column column(String name, RejectedText rejectedText) {
    Column removed = col("found.reason").isNotNull();
    Column clustered =
        col("outcome")
            .equalTo(Outcome.KEPT.key())
            .and(not(coalesce(col("found.reason"), lit("")).isin(UNCLUSTERED)));
    return switch (name) {
      case "outcome" -> when(removed, Outcome.REJECTED.key()).otherwise(col("outcome"));
      case "stage", "reason", "signal", "value", "threshold", "detail" ->
          coalesce(col("found." + name), col(name));
      case "survivor_id" -> col("found.survivor_id");
      case "similarity" -> col("found.similarity");
      case "cluster_id" -> when(clustered, coalesce(col("found.cluster_id"), col("id")));
      case "cluster_size" -> when(clustered, coalesce(col("found.cluster_size"), lit(1)));
      case "text" -> when(removed.and(withoutText(rejectedText)), null).otherwise(col("text"));
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

  private static long bytes(Dataset<Row> records, RejectedText rejectedText) {
    Column stored =
        rejectedText == RejectedText.ALL
            ? col("text_bytes")
            : when(col("outcome").equalTo(Outcome.KEPT.key()), col("text_bytes")).otherwise(0L);
    Row total = records.agg(coalesce(sum(stored.plus(ROW_BYTES)), lit(0L))).first();
    return total.getLong(0);
  }
}
