package io.gristmill.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.filter.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Map;

/** The verdict of a profile's rules, as columns of what was measured. */
final class Filtering {
  private static final StructType VERDICT =
      new StructType()
          .add("reason", DataTypes.StringType, false)
          .add("signal", DataTypes.StringType, false)
          .add("value", DataTypes.DoubleType, false)
          .add("threshold", DataTypes.DoubleType, false);

  private Filtering() {}

  /**
   * Rows of outcome {@code kept} that fail a rule become rejected ones; no source is read for it.
   *
   * @param records with the columns of judged rows
   */
  static Dataset<Row> filtered(Dataset<Row> records, Profile profile) {
    Column rejected = col("verdict").isNotNull();
    Dataset<Row> judged = records.withColumn("verdict", verdict(profile));
    Dataset<Row> filtered =
        judged
            .withColumn("outcome", when(rejected, Outcome.REJECTED.key()).otherwise(col("outcome")))
            .withColumn("stage", when(rejected, Stage.FILTER.key()).otherwise(col("stage")));
    for (String name : VERDICT.fieldNames()) {
      filtered = filtered.withColumn(name, coalesce(col("verdict." + name), col(name)));
    }
    return filtered.drop("verdict");
  }

  /** Null for what is kept, and for what was decided when it was read. */
  static Column verdict(Profile profile) {
    List<String> columns =
        profile.reads().stream().filter(name -> column(name).isPresent()).toList();
    var places = new HashMap<String, Integer>();
    columns.forEach(name -> places.put(name, places.size()));
    UDF3<Row, Map<String, Double>, String, Row> judge =
        (measured, scores, language) -> {
          ToDoubleFunction<String> value =
              name -> {
                Integer at = places.get(name);
                Object found = at == null ? scores.getOrElse(name, () -> null) : measured.get(at);
                return found == null ? Double.NaN : (double) found;
              };
          Verdict verdict = profile.judge(value, language);
          return verdict.kept()
              ? null
              : RowFactory.create(
                  verdict.reason(), verdict.signal(), verdict.value(), verdict.threshold());
        };
    // only the signals that some rule reads, so that no others are fetched from the files
    Column measured =
        columns.isEmpty()
            ? struct(lit(0).as("none"))
            : struct(columns.stream().map(name -> column(name).get()).toArray(Column[]::new));
    return when(
        col("outcome").equalTo(Outcome.KEPT.key()),
        udf(judge, VERDICT).apply(measured, col("scores"), col("language")));
  }

  /** Where a signal is; nothing for a score. */
  private static Optional<Column> column(String name) {
    if (name.equals(Profile.LANGUAGE_SCORE)) {
      return Optional.of(col(name));
    }
    return Signals.names().contains(name) ? Optional.of(col("signals." + name)) : Optional.empty();
  }
}
