package io.gristmill.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.decontamination.Contamination;
import io.gristmill.curation.document.Stage;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the stages after the filters found of documents, brought into one form. A document leaves at
 * the first stage that finds against it and does not reach the next, so there is one row for a
 * document at most.
 */
final class Verdicts {
  /**
   * Stage and reason are null for a document that stays. The columns beyond the first four are
   * those of documents/.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("stage", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("signal", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType)
          .add("detail", DataTypes.StringType)
          .add("survivor_id", DataTypes.StringType)
          .add("similarity", DataTypes.DoubleType)
          .add("cluster_id", DataTypes.StringType)
          .add("cluster_size", DataTypes.IntegerType);

  private Verdicts() {}

  /**
   * Of duplicates.
   *
   * @param duplicates of {@link io.gristmill.curation.dedup.Duplicate#SCHEMA}
   */
  static Dataset<Row> ofDuplicates(Dataset<Row> duplicates) {
    return inForm(
        duplicates.withColumn("stage", when(col("reason").isNotNull(), Stage.DEDUPLICATE.key())));
  }

  /**
   * Of contaminated documents: the set is the signal, the item the detail.
   *
   * @param contaminations of {@link Contamination#SCHEMA}, one a document
   */
  static Dataset<Row> ofContaminations(Dataset<Row> contaminations) {
    return inForm(
        contaminations
            .withColumn("stage", lit(Stage.DECONTAMINATE.key()))
            .withColumn("reason", lit(Contamination.CONTAMINATED))
            .withColumnRenamed("evaluation", "signal")
            .withColumnRenamed("score", "value")
            .withColumnRenamed("item", "detail"));
  }

  private static Dataset<Row> inForm(Dataset<Row> rows) {
    Set<String> present = Stream.of(rows.columns()).collect(Collectors.toSet());
    return rows.select(
        Arrays.stream(SCHEMA.fields())
            .map(
                field ->
                    (present.contains(field.name()) ? col(field.name()) : lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new));
  }
}
