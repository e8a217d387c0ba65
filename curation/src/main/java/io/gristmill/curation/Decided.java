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

import io.gristmill.curation.dedup.Duplicate;
import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.document.Placement;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.document.Stage;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Judged records that know their duplicates, placed into the files of documents/. This is the one
 * time that text is shuffled, and the duplicates join on the way.
 */
final class Decided {
  /** What a row weighs besides its text, about. */
  private static final long ROW_BYTES = 512;

  private Decided() {}

  /**
   * All records with what is known of their duplicates, one partition a file and sorted within.
   *
   * @param records of {@link Judged#records}
   * @param duplicates of {@link Duplicate#SCHEMA}
   */
  static Dataset<Row> decided(
      Dataset<Row> records, Dataset<Row> duplicates, RejectedText rejectedText) {
    int files = Placement.files(bytes(records, rejectedText));
    Dataset<Row> byId =
        Placement.placed(duplicates, files)
            .groupBy(col("id").as("duplicate_of"))
            .agg(collect_list(struct(columnsOf(Duplicate.SCHEMA))).as("duplicates"));
    Dataset<Row> joined =
        Placement.placed(records, files)
            .join(byId, col("id").equalTo(col("duplicate_of")), "left")
            .withColumn(
                "found", expr("get(filter(duplicates, d -> d.file = file and d.row = row), 0)"));
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
            .and(not(coalesce(col("found.reason"), lit("")).equalTo(Duplicate.DUPLICATE_ID)));
    return switch (name) {
      case "outcome" -> when(removed, Outcome.REJECTED.key()).otherwise(col("outcome"));
      case "stage" -> when(removed, Stage.DEDUPLICATE.key()).otherwise(col("stage"));
      case "reason" -> coalesce(col("found.reason"), col("reason"));
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
