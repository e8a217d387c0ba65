package io.gristmill.curation.quality;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.LocalSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SqlScoresTest {
  private final SparkSession spark;

  SqlScoresTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void expressionsReadColumnsSignalsAndEarlierScores() {
    assertThat(
            scores(
                sql("length", "length(text)"),
                sql("twice", "scores.length * 2 + signals.words"),
                sql("article", "url like '%/article/%'")))
        .containsExactly(
            Map.of("length", 5.0, "twice", 17.0, "article", 1.0),
            Map.of("length", 2.0, "article", 0.0),
            Map.of());
  }

  @Test
  void nothingIsScoredInOtherLanguages() {
    assertThat(
            scores(
                new ScoreConfig(
                    "one", SqlScores.KIND, Map.of("expression", "1", "languages", "zh"))))
        .containsExactly(Map.of(), Map.of("one", 1.0), Map.of());
  }

  @Test
  void whatCannotBeAScoreIsRefused() {
    assertThatThrownBy(() -> scores(sql("a", "lenght(text)")))
        .hasMessageStartingWith("score a: expression is 'lenght(text)', which Spark cannot read: ");
    assertThatThrownBy(() -> scores(sql("a", "text text text")))
        .hasMessageContaining("which Spark cannot read");
    assertThatThrownBy(() -> scores(sql("a", "upper(text)")))
        .hasMessage(
            "score a: expression is 'upper(text)', which gives string, must give a number or a boolean");
    assertThatThrownBy(() -> scores(sql("a", "rand()")))
        .hasMessageContaining("which gives another value each time");
    assertThatThrownBy(() -> scores(new ScoreConfig("a", SqlScores.KIND, Map.of())))
        .hasMessage("score a: expression is missing; kind sql needs it");
  }

  private static ScoreConfig sql(String name, String expression) {
    return new ScoreConfig(name, SqlScores.KIND, Map.of("expression", expression));
  }

  private List<Map<String, Double>> scores(ScoreConfig... scores) {
    Dataset<Row> judged =
        spark.sql(
            """
            select * from values
              (1, 'kept', 'en', 'wheat', 'https://a.example/article/1',
                named_struct('words', 7.0D)),
              (2, 'kept', 'zh-Hant', '水磨', '',
                named_struct('words', cast(null as double))),
              (3, 'rejected', 'en', null, '',
                named_struct('words', 1.0D))
              as t(id, outcome, language, text, url, signals)
            """);
    return SqlScores.scored(
            judged.withColumn("scores", expr("cast(map() as map<string, double>)")),
            List.of(scores))
        .orderBy("id")
        .collectAsList()
        .stream()
        .map(row -> row.<String, Double>getJavaMap(row.fieldIndex("scores")))
        .toList();
  }
}
