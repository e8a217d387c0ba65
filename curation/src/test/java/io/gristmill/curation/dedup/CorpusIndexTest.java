package io.gristmill.curation.dedup;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.LocalSpark;
import io.gristmill.curation.document.ParquetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A crawl against the index of an earlier one. */
@ExtendWith(LocalSpark.class)
class CorpusIndexTest {
  private static final MinHashConfig MINHASH = MinHashConfig.defaults();

  @TempDir Path work;

  @Test
  void whatAnIndexHoldsAlwaysWins(SparkSession spark) throws IOException {
    String page = text(100, 1);
    String other = text(90, 2);
    Dataset<Row> earlier =
        new Samples()
            .add("known page", page)
            .add("known page again", page + " the end")
            .add("known address", text(80, 3))
            .add("known id", text(70, 4))
            .add("known alone", text(60, 5))
            .dataset(spark, 1)
            .withColumn("url", url("known address"));
    ParquetFiles.write(
        earlier.select("id", "url", "text", "fetched_at").repartition(2), folder("documents"));
    CorpusIndex.write(spark, folder("documents"), MINHASH, folder("index"));
    KnownCorpus known = CorpusIndex.read(spark, folder("documents"), folder("index"), MINHASH);

    Dataset<Row> documents =
        new Samples(4)
            .add("copy", page)
            .add("longer copy", page + " and some more words")
            .add("same address", text(80, 6) + " of another day")
            .add("known id", text(70, 7))
            .add("new", other)
            .add("new copy", other)
            .add("new alone", text(60, 8))
            .dataset(spark, 2)
            .withColumn("url", url("same address"))
            .withColumn("another", lit("of many columns"));
    var config = new DuplicatesConfig(MINHASH, true, Quality.none(), List.of(), false);
    Steps steps = Steps.in(folder("steps"), spark.sparkContext().hadoopConfiguration());
    List<Duplicate> found = Samples.find(documents, List.of(known), config, steps);

    Map<String, String> removed =
        found.stream()
            .filter(duplicate -> duplicate.survivor().isPresent())
            .collect(
                toMap(
                    Duplicate::id,
                    d -> d.survivor().get().reason() + " " + d.survivor().get().id()));
    String newKept =
        removed.containsKey(Samples.id("new")) ? Samples.id("new copy") : Samples.id("new");
    String newGone =
        removed.containsKey(Samples.id("new")) ? Samples.id("new") : Samples.id("new copy");
    assertThat(removed)
        // the longer of the two that are known comes first and is near enough
        .containsEntry(Samples.id("copy"), "near_duplicate " + Samples.id("known page again"))
        .containsEntry(Samples.id("known id"), "duplicate_id " + Samples.id("known id"))
        .containsEntry(Samples.id("same address"), "url_duplicate " + Samples.id("known address"))
        .containsEntry(newGone, "exact_duplicate " + newKept)
        .containsKey(Samples.id("longer copy"))
        .hasSize(5);
    // of what is known nothing is told, nor of what is alone
    assertThat(found.stream().map(Duplicate::id))
        .doesNotContain(Samples.id("known page"), Samples.id("new alone"))
        .hasSize(6);
    assertThat(found)
        .filteredOn(d -> d.id().equals(Samples.id("copy")))
        .allMatch(d -> d.clusterSize() == 4);
  }

  @Test
  void anIndexOfOtherSettingsIsRefused(SparkSession spark) throws IOException {
    Dataset<Row> documents = new Samples().add("a", text(20, 9)).dataset(spark, 1);
    ParquetFiles.write(documents.select("id", "url", "text", "fetched_at"), folder("documents"));
    CorpusIndex.write(spark, folder("documents"), MINHASH, folder("index"));
    var wider = new MinHashConfig(6, 3, 20, 5, 0.7, MINHASH.seed(), 50);
    assertThatThrownBy(() -> CorpusIndex.read(spark, folder("documents"), folder("index"), wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was made with rows-per-band 6, this run has 5");
    assertThatThrownBy(() -> CorpusIndex.read(spark, folder("documents"), folder("none"), MINHASH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no index; run the earlier crawl with duplicates.index: true");
    assertThat(spark.read().parquet(folder("index").toString()).select(col("keys")).count())
        .isEqualTo(1);
  }

  private org.apache.hadoop.fs.Path folder(String name) {
    return new org.apache.hadoop.fs.Path(work.resolve(name).toUri());
  }

  private static org.apache.spark.sql.Column url(String name) {
    return expr("if(id = '%s', 'https://example.org/page', null)".formatted(Samples.id(name)));
  }

  private static String text(int words, long seed) {
    return String.join(" ", Samples.words(words, 1000 + seed));
  }
}
