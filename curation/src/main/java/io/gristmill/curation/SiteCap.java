package io.gristmill.curation;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.lists.Site;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * At most so many documents of one site. Which ones stay follows from a hash of their ids, so it
 * does not depend on the order of the input, and more stay under a higher cap.
 */
final class SiteCap {
  /** Reason of a document of a site that has enough others. */
  static final String PER_HOST_CAP = "per_host_cap";

  private static final String DOCUMENTS = "documents_of_site";

  /** So that another choice is made than where ids themselves are compared, as in samples. */
  private static final String SEED = "site";

  private SiteCap() {}

  /**
   * Rows of outcome {@code kept} beyond the cap become rejected ones; those without a host stay.
   *
   * @param records as the rules of a profile left them
   * @param most documents of a site; 0 for any number
   */
  static Dataset<Row> capped(Dataset<Row> records, int most) {
    if (most == 0) {
      return records;
    }
    UDF1<String, String> site = url -> url == null ? "" : Site.of(url);
    Dataset<Row> placed =
        records
            .withColumn(
                "site",
                when(
                    col("outcome").equalTo(Outcome.KEPT.key()),
                    udf(site, DataTypes.StringType).apply(col("url"))))
            .withColumn("turn", xxhash64(lit(SEED), col("id")));
    Dataset<Row> full =
        placed
            .where(col("site").notEqual(""))
            .select("site", "turn")
            .withColumn("place", row_number().over(Window.partitionBy("site").orderBy("turn")))
            .groupBy(col("site").as("full_site"))
            .agg(
                max("place").as("documents"),
                min(when(col("place").gt(most), col("turn"))).as("full_from"))
            .where(col("documents").gt(most));
    Column beyond = col("turn").geq(col("full_from"));
    // few sites are full, and the rows with their texts stay where they are
    return placed
        .join(broadcast(full), col("site").equalTo(col("full_site")), "left")
        .withColumn("beyond", coalesce(beyond, lit(false)))
        .withColumn("outcome", unless("outcome", lit(Outcome.REJECTED.key())))
        .withColumn("stage", unless("stage", lit(Stage.FILTER.key())))
        .withColumn("reason", unless("reason", lit(PER_HOST_CAP)))
        .withColumn("signal", unless("signal", lit(DOCUMENTS)))
        .withColumn("value", unless("value", col("documents").cast("double")))
        .withColumn("threshold", unless("threshold", lit((double) most)))
        .drop("site", "turn", "full_site", "documents", "full_from", "beyond");
  }

  private static Column unless(String column, Column beyond) {
    return when(col("beyond"), beyond).otherwise(col(column));
  }
}
