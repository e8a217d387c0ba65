package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.lists.WantedUrls;
import io.gristmill.curation.source.Selection;
import io.gristmill.curation.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lists of URLs, and the cap on the documents of a site. */
@ExtendWith(LocalSpark.class)
class SelectionTest {
  private static final StructType RECORDS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("url", DataTypes.StringType)
          .add("outcome", DataTypes.StringType)
          .add("stage", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("signal", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType);

  @TempDir Path folder;

  @Test
  void urlsAreComparedWithoutWhatDoesNotNameThePage() throws IOException {
    SourceConfig source =
        listed(
            """
            # pages to keep
            https://www.mill.cn/a/?utm_source=x&id=7#top

            mill.org/b
            """);
    WantedUrls wanted = WantedUrls.read(List.of(source), new Configuration());
    assertThat(wanted.ask(source, "http://mill.cn/a?id=7")).isTrue();
    assertThat(wanted.ask(source, "http://mill.cn:80/a/?id=7&fbclid=1")).isTrue();
    assertThat(wanted.ask(source, "https://mill.org/b/")).isTrue();
    assertThat(wanted.ask(source, "http://mill.cn/a?id=8")).isFalse();
    assertThat(wanted.ask(source, "http://mill.cn/A?id=7")).isFalse();
    assertThat(wanted.ask(source, "")).isFalse();
    assertThat(wanted.ask(SourceConfig.of("elsewhere"), "http://any/")).isTrue();
    SourceConfig damaged = listed("http://a/\nno url at all\n");
    assertThatThrownBy(() -> WantedUrls.read(List.of(damaged), new Configuration()))
        .hasMessageContaining("urls.txt line 2 is no URL: no url at all");
  }

  @Test
  void pagesThatAreNotListedAreCountedAndNotExtracted(SparkSession spark) throws IOException {
    Path input = folder.resolve("pages.jsonl");
    Files.writeString(
        input,
        """
        {"text": "The miller carries grain.", "url": "http://a.org/1"}
        {"text": "The miller carries flour.", "url": "http://a.org/2"}
        {"text": "The miller carries bread."}
        """);
    SourceConfig listed = listed("https://www.a.org/2\n");
    var source =
        new SourceConfig(
            input.toString(), "auto", "web", "article", "text", "", "url", listed.selection());
    CurationConfig config = CurationConfig.of(List.of(source));
    var judged = new org.apache.hadoop.fs.Path(folder.resolve("judged").toUri());
    long extracted =
        Curation.judge(
            spark,
            Curation.inputs(config, new Configuration()),
            config,
            io.gristmill.curation.privacy.Removals.none(),
            judged);
    assertThat(extracted).isEqualTo(1);
    assertThat(Judged.measured(spark, judged).groupBy("outcome", "reason").count().collectAsList())
        .extracting(row -> "%s %s %d".formatted(row.get(0), row.get(1), row.getLong(2)))
        .containsExactlyInAnyOrder("kept null 1", "rejected not_selected 2");
  }

  @Test
  void aSiteKeepsSomeOfItsDocumentsWhateverThePartitions(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(record(i, "http://sub%d.example.co.uk/%d".formatted(i % 7, i), Outcome.KEPT));
      rows.add(record(100 + i, "http://user%d.github.io/".formatted(i), Outcome.KEPT));
    }
    rows.add(record(200, "http://example.co.uk/no", Outcome.REJECTED));
    for (int i = 0; i < 9; i++) {
      rows.add(record(300 + i, i % 2 == 0 ? null : "", Outcome.KEPT));
      rows.add(record(400 + i, "http://192.0.2.7/" + i, Outcome.KEPT));
    }
    Map<String, String> one = capped(spark, rows, 5, 1);
    assertThat(capped(spark, rows, 5, 13)).isEqualTo(one);
    assertThat(count(one, "kept null", 0, 99)).isEqualTo(5);
    assertThat(count(one, "rejected per_host_cap documents_of_site 40.0 5.0", 0, 99)).isEqualTo(35);
    assertThat(count(one, "kept null", 100, 199)).isEqualTo(40);
    assertThat(count(one, "rejected null", 200, 200)).isEqualTo(1);
    assertThat(count(one, "kept null", 300, 399)).isEqualTo(9);
    assertThat(count(one, "kept null", 400, 499)).isEqualTo(5);
    Map<String, String> more = capped(spark, rows, 6, 2);
    one.forEach(
        (id, verdict) -> {
          if (verdict.startsWith("kept")) {
            assertThat(more).containsEntry(id, verdict);
          }
        });
  }

  private static long count(Map<String, String> verdicts, String begin, int from, int to) {
    return verdicts.entrySet().stream()
        .filter(one -> Integer.parseInt(one.getKey()) >= from)
        .filter(one -> Integer.parseInt(one.getKey()) <= to)
        .filter(one -> one.getValue().startsWith(begin))
        .count();
  }

  private static Map<String, String> capped(
      SparkSession spark, List<Row> rows, int most, int partitions) {
    Dataset<Row> records = spark.createDataFrame(rows, RECORDS).repartition(partitions);
    Map<String, String> verdicts = new TreeMap<>();
    for (Row row : SiteCap.capped(records, most).collectAsList()) {
      verdicts.put(
          row.getString(0),
          "%s %s %s %s %s".formatted(row.get(2), row.get(4), row.get(5), row.get(6), row.get(7)));
    }
    assertThat(verdicts).hasSize(rows.size());
    return verdicts;
  }

  private static Row record(int id, String url, Outcome outcome) {
    return RowFactory.create(
        Integer.toString(id), url, outcome.key(), null, null, null, null, null);
  }

  private SourceConfig listed(String urls) throws IOException {
    Path file = folder.resolve("urls.txt");
    Files.writeString(file, urls);
    return new SourceConfig(
        "in",
        "auto",
        "web",
        "article",
        "text",
        "",
        "url",
        new Selection(List.of(), List.of(file.toString())));
  }
}
