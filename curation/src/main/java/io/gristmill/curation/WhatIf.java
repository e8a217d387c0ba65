package io.gristmill.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.filter.Profile;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * What another profile would decide, from what was measured: no source is read, nothing is written.
 * Stages after the filters are not asked.
 *
 * @param counts documents by language and what becomes of them, in the order of languages
 * @param changes some of the documents that would change, those of the least ids
 */
public record WhatIf(List<Count> counts, List<Change> changes) {
  private static final int EXCERPT = 200;
  private static final String KEPT = "kept";

  public WhatIf {
    counts = List.copyOf(counts);
    changes = List.copyOf(changes);
  }

  /**
   * Documents of a language that one reason rejects now, and would then; {@code kept} is the reason
   * of those that stay.
   */
  public record Count(String language, String now, String then, long documents) {}

  /**
   * A document that would change.
   *
   * @param now the reason, or {@code kept}
   * @param measured of the verdict that there is, be it now or then: {@code words 34 < 50}
   * @param excerpt the beginning of its text
   */
  public record Change(
      String id, String language, String now, String then, String measured, String excerpt) {}

  /**
   * Asks.
   *
   * @param judged folder of the judged rows
   * @param examples how many documents are shown of each change, by reasons
   */
  public static WhatIf of(
      SparkSession session, Path judged, Profile now, Profile then, int examples) {
    Column changed = col("now").notEqual(col("then"));
    Dataset<Row> documents =
        Judged.measured(session, judged)
            .where(col("outcome").equalTo(Outcome.KEPT.key()))
            .withColumn("before", Filtering.verdict(now))
            .withColumn("after", Filtering.verdict(then))
            .withColumn("now", coalesce(col("before.reason"), lit(KEPT)))
            .withColumn("then", coalesce(col("after.reason"), lit(KEPT)));
    List<Count> counts =
        documents
            .groupBy("language", "now", "then")
            .agg(count(lit(1)))
            .orderBy("language", "now", "then")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Count(row.getString(0), row.getString(1), row.getString(2), row.getLong(3)))
            .toList();
    Column shown = when(col("before").isNull(), col("after")).otherwise(col("before"));
    List<Change> changes =
        documents
            .where(changed)
            .withColumn(
                "turn",
                row_number().over(Window.partitionBy("now", "then").orderBy("id", "file", "row")))
            .where(col("turn").leq(examples))
            .withColumn("shown", shown)
            .select(
                col("id"),
                col("language"),
                col("now"),
                col("then"),
                col("shown.signal"),
                col("shown.value"),
                col("shown.threshold"),
                substring(col("text"), 1, EXCERPT))
            .orderBy("now", "then", "id")
            .collectAsList()
            .stream()
            .map(WhatIf::change)
            .toList();
    return new WhatIf(counts, changes);
  }

  private static Change change(Row row) {
    double value = row.getDouble(5);
    double threshold = row.getDouble(6);
    return new Change(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        "%s %.4g %s %.4g"
            .formatted(row.getString(4), value, value < threshold ? "<" : ">", threshold),
        row.isNullAt(7) ? "" : row.getString(7));
  }
}
