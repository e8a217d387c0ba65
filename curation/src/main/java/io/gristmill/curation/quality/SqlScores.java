package io.gristmill.curation.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * Scores by expressions of Spark SQL over the columns of judged rows: {@code text}, {@code url},
 * {@code language}, {@code domain}, {@code signals.words}, {@code scores.perplexity}, … A null is
 * no score.
 */
public final class SqlScores {
  /** The kind of such scores. */
  public static final String KIND = "sql";

  private SqlScores() {}

  /**
   * Adds the scores of kind sql to the column {@code scores} of the rows with {@code outcome} kept,
   * in the order of the configuration, so that one may read another before it.
   *
   * @throws IllegalArgumentException if an expression cannot be read, gives no number or boolean,
   *     or would give another value when it is asked again
   */
  public static Dataset<Row> scored(Dataset<Row> judged, List<ScoreConfig> scores) {
    Dataset<Row> scored = judged;
    for (ScoreConfig score : scores) {
      if (score.kind().equals(KIND)) {
        scored = scored(scored, score);
      }
    }
    return scored;
  }

  private static Dataset<Row> scored(Dataset<Row> judged, ScoreConfig score) {
    var options = new ScoreOptions(score);
    String expression = options.required("expression");
    List<String> languages = options.languages();
    options.end();
    check(judged, expression, options);
    Column asked = col("outcome").equalTo("kept");
    if (!languages.isEmpty()) {
      Column covered = lit(false);
      for (String language : languages) {
        covered =
            covered
                .or(col("language").equalTo(language))
                .or(col("language").startsWith(language + "-"));
      }
      asked = asked.and(covered);
    }
    Column value = expr(expression).cast(DataTypes.DoubleType);
    Column entry =
        map_filter(
            map(lit(score.name()), value),
            (name, given) -> given.isNotNull().and(not(isnan(given))));
    return judged.withColumn(
        "scores", when(asked, map_concat(col("scores"), entry)).otherwise(col("scores")));
  }

  private static void check(Dataset<Row> judged, String expression, ScoreOptions options) {
    Dataset<Row> tried;
    try {
      tried = judged.select(expr(expression).as("score"));
    } catch (Exception e) {
      throw options.wrong(
          "expression is '%s', which Spark cannot read: %s"
              .formatted(expression, e.getMessage().lines().findFirst().orElse("")));
    }
    DataType type = tried.schema().apply(0).dataType();
    if (!(type instanceof NumericType || type instanceof BooleanType)) {
      throw options.wrong(
          "expression is '%s', which gives %s, must give a number or a boolean"
              .formatted(expression, type.simpleString()));
    }
    if (!tried.queryExecution().analyzed().deterministic()) {
      throw options.wrong(
          "expression is '%s', which gives another value each time; leave out rand() and its like"
              .formatted(expression));
    }
  }
}
