package io.gristmill.curation.dedup;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DuplicatesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final String LONGER = " and a few words more";
  private static final String POEM = "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。";

  @TempDir Path work;

  /** All the cases in one corpus: they must not disturb each other, and Spark starts once. */
  @Test
  void everyKindOfDuplicateIsFoundAndNothingElse(SparkSession spark) {
    String page = sentence(200, 1);
    String taiwan = hanText(400, 2);
    var samples =
        new Samples(7)
            .add("page", page + LONGER)
            .add("page copy", page + LONGER)
            .add("page spaced", page.replace(" ", "  ") + LONGER)
            .add("page short", page)
            .add("page wide", wide(page))
            .add("other page", sentence(200, 3))
            .add("poem", POEM)
            .add("poem simplified", "床前明月光，疑是地上霜。举头望明月，低头思故乡。")
            .add("hello", "Hello!")
            .add("hello lower", "hello!")
            .add("hello other", "hello?")
            .add("smile", ":-)")
            .add("smile again", ":-)")
            .add("han", taiwan)
            .add("han edited", taiwan.substring(0, 390) + "完全不同的結尾")
            .add("template a", boilerplate() + sentence(60, 4))
            .add("template b", boilerplate() + sentence(60, 5));

    Map<String, Duplicate.Survivor> removed = removed(spark, samples, 3);

    assertThat(removed.keySet())
        .containsExactlyInAnyOrder(
            removedOf(removed, "page copy", "page", "page spaced"),
            removedOfTwo(removed, "page copy", "page", "page spaced"),
            Samples.id("page short"),
            Samples.id("page wide"),
            removedOf(removed, "poem", "poem simplified"),
            removedOf(removed, "hello", "hello lower"),
            removedOf(removed, "smile", "smile again"),
            removedOf(removed, "han", "han edited"));
    assertThat(removed.get(Samples.id("page short")).reason()).isEqualTo("near_duplicate");
    assertThat(removed.get(Samples.id("page short")).similarity())
        .isCloseTo(198.0 / 203, within(1e-9));
    assertThat(removed.get(removedOf(removed, "hello", "hello lower")).similarity()).isEqualTo(1);
    assertThat(removed.values()).allSatisfy(s -> assertThat(removed).doesNotContainKey(s.id()));
  }

  @Test
  void aChainOfSmallChangesRemovesOnlyWhatResemblesASurvivor(SparkSession spark) {
    List<String> words = Samples.words(212, 7);
    var samples = new Samples();
    for (int i = 0; i < 12; i++) {
      // of 100 shingles neighbours share 90, so 0.82; two apart 0.67; the ends nothing
      samples.add("link " + i, String.join(" ", words.subList(10 * i, 10 * i + 102)));
    }
    List<Duplicate> all = find(spark, samples.dataset(spark, 2), "chain");
    Map<String, Duplicate> byId = all.stream().collect(toMap(Duplicate::id, d -> d));
    assertThat(all).hasSizeGreaterThan(3);
    assertThat(all).anyMatch(d -> d.survivor().isPresent());
    assertThat(all.stream().filter(d -> d.survivor().isEmpty()).count()).isGreaterThan(2);
    for (Duplicate duplicate : all) {
      assertThat(duplicate.clusterId()).isEqualTo(all.getFirst().clusterId());
      assertThat(duplicate.clusterSize()).isEqualTo(all.size());
      duplicate
          .survivor()
          .ifPresent(
              survivor -> {
                assertThat(survivor.similarity()).isGreaterThanOrEqualTo(0.7);
                assertThat(byId.get(survivor.id()).survivor()).isEmpty();
              });
    }
  }

  @Test
  void theLongerThenTheEarlierThenTheSmallerIdSurvives(SparkSession spark) {
    String page = sentence(100, 11);
    var late = Timestamp.valueOf("2026-02-01 00:00:00");
    var early = Timestamp.valueOf("2026-01-01 00:00:00");
    var samples =
        new Samples()
            .add("undated", page)
            .add("late", page, late)
            .add("early", page, early)
            .add("longest", page + LONGER, late);
    assertThat(removed(spark, samples, 1).values())
        .allSatisfy(s -> assertThat(s.id()).isEqualTo(Samples.id("longest")));

    var dated = new Samples().add("u", page).add("l", page, late).add("e", page, early);
    assertThat(removed(spark, dated, 1).values())
        .hasSize(2)
        .allSatisfy(s -> assertThat(s.id()).isEqualTo(Samples.id("e")));

    var equal = new Samples().add("x", page).add("y", page).add("z", page);
    String smallest =
        List.of(Samples.id("x"), Samples.id("y"), Samples.id("z")).stream()
            .sorted()
            .toList()
            .getFirst();
    assertThat(removed(spark, equal, 1).values())
        .hasSize(2)
        .allSatisfy(s -> assertThat(s.id()).isEqualTo(smallest));
  }

  @Test
  void anIdThatComesTwiceStaysOnce(SparkSession spark) {
    var samples =
        new Samples()
            .add("a", sentence(50, 20))
            .add("a", sentence(50, 21))
            .add("b", sentence(50, 22));
    List<Duplicate> found = find(spark, samples.dataset(spark, 2), "repeated");
    assertThat(found).hasSize(1);
    Duplicate second = found.getFirst();
    assertThat(second.id()).isEqualTo(Samples.id("a"));
    assertThat(second.row()).isEqualTo(1);
    assertThat(second.survivor().orElseThrow().reason()).isEqualTo("duplicate_id");
  }

  @Test
  void noPartitioningAndNoOrderChangesTheResult(SparkSession spark) {
    var random = new SplittableRandom(SEED);
    var samples = new Samples(13);
    for (int i = 0; i < 60; i++) {
      int family = i / 6;
      String text = family % 2 == 0 ? sentence(80, 100 + family) : hanText(160, 100 + family);
      int cut = random.nextInt(text.length() / 5);
      samples.add("doc " + i, text.substring(cut, text.length() - random.nextInt(20)));
    }
    List<String> first = strings(find(spark, samples.dataset(spark, 1), "one"));
    assertThat(first).as("seed=%d", SEED).hasSizeGreaterThan(20);
    for (int partitions : new int[] {3, 17}) {
      assertThat(strings(find(spark, samples.dataset(spark, partitions), "p" + partitions)))
          .as("%d partitions, seed=%d", partitions, SEED)
          .isEqualTo(first);
    }
  }

  @Test
  void addressesAndQualityDecideWhereTheyAreAskedTo(SparkSession spark) {
    String page = sentence(100, 31);
    Dataset<Row> documents =
        new Samples()
            .add("old", sentence(90, 32), Timestamp.valueOf("2026-01-01 00:00:00"))
            .add("new", sentence(80, 33), Timestamp.valueOf("2026-02-01 00:00:00"))
            .add("elsewhere", sentence(70, 34))
            .add("long", page + LONGER)
            .add("good", page)
            .dataset(spark, 2)
            .withColumn(
                "url",
                expr(
                    "case id when '%s' then 'http://www.example.org/a/?utm_source=x#top' when '%s' then 'https://example.org/a' when '%s' then 'https://example.org/b' end"
                        .formatted(Samples.id("old"), Samples.id("new"), Samples.id("elsewhere"))))
            .withColumn("quality", expr("if(id in ('%s'), 100, 20)".formatted(Samples.id("good"))));
    var config =
        new DuplicatesConfig(MinHashConfig.defaults(), true, Quality.none(), List.of(), false);
    Map<String, Duplicate.Survivor> removed =
        Samples.find(spark, documents, config, new org.apache.hadoop.fs.Path(work.toUri()), "urls")
            .stream()
            .filter(duplicate -> duplicate.survivor().isPresent())
            .collect(toMap(Duplicate::id, duplicate -> duplicate.survivor().orElseThrow()));
    assertThat(removed.keySet()).containsExactlyInAnyOrder(Samples.id("new"), Samples.id("long"));
    assertThat(removed.get(Samples.id("new")).reason()).isEqualTo("url_duplicate");
    assertThat(removed.get(Samples.id("new")).id()).isEqualTo(Samples.id("old"));
    assertThat(removed.get(Samples.id("long")).id()).isEqualTo(Samples.id("good"));
  }

  /**
   * A job that dies after any step goes on behind it, on any cluster, and ends in the same rows.
   */
  @Test
  void stepsThatAreThereAreNotMadeAgain(SparkSession spark) {
    var samples = new Samples(5);
    for (int i = 0; i < 30; i++) {
      samples.add("doc " + i, sentence(60, 200 + i / 3) + (i % 3 == 0 ? LONGER : ""));
    }
    Dataset<Row> documents = samples.dataset(spark, 2);
    List<String> undisturbed = strings(find(spark, documents, "undisturbed"));
    assertThat(undisturbed).hasSize(30);
    List<String> made = new ArrayList<>();
    Steps dying = remembering("components-01", made);
    assertThatThrownBy(() -> Samples.find(documents, DuplicatesConfig.defaults(), dying))
        .hasMessageContaining("killed after components-01");
    List<String> before = List.copyOf(made);
    Dataset<Row> elsewhere = samples.dataset(spark, 7);
    List<Duplicate> found =
        Samples.find(elsewhere, DuplicatesConfig.defaults(), remembering("none", made));
    assertThat(strings(found)).isEqualTo(undisturbed);
    assertThat(made).doesNotHaveDuplicates().startsWith(before.toArray(String[]::new));
  }

  /** Steps in a folder, each made once whatever happens; the job dies after {@code last}. */
  private Steps remembering(String last, List<String> made) {
    Path folder = work.resolve("remembered");
    return (step, write) -> {
      var path = new org.apache.hadoop.fs.Path(folder.resolve(step).toUri());
      if (!Files.exists(folder.resolve(step))) {
        write.accept(path);
        made.add(step);
        if (step.equals(last)) {
          throw new IllegalStateException("killed after " + last);
        }
      }
      return path;
    };
  }

  @Test
  void noDocumentsHaveNoDuplicates(SparkSession spark) {
    assertThat(find(spark, new Samples().dataset(spark, 1), "none")).isEmpty();
  }

  private Map<String, Duplicate.Survivor> removed(SparkSession spark, Samples samples, int parts) {
    return find(spark, samples.dataset(spark, parts), "removed").stream()
        .filter(duplicate -> duplicate.survivor().isPresent())
        .collect(toMap(Duplicate::id, duplicate -> duplicate.survivor().orElseThrow()));
  }

  private List<Duplicate> find(SparkSession spark, Dataset<Row> documents, String name) {
    return Samples.find(spark, documents, new org.apache.hadoop.fs.Path(work.toUri()), name);
  }

  private static List<String> strings(List<Duplicate> found) {
    return found.stream().map(Duplicate::toString).sorted().toList();
  }

  /** Which of several equal documents was removed (all but the one with the smallest id). */
  private static String removedOf(Map<String, Duplicate.Survivor> removed, String... names) {
    return List.of(names).stream()
        .map(Samples::id)
        .filter(removed::containsKey)
        .sorted()
        .findFirst()
        .orElse("none");
  }

  private static String removedOfTwo(Map<String, Duplicate.Survivor> removed, String... names) {
    return List.of(names).stream()
        .map(Samples::id)
        .filter(removed::containsKey)
        .sorted()
        .skip(1)
        .findFirst()
        .orElse("none");
  }

  private static String sentence(int words, long seed) {
    return String.join(" ", Samples.words(words, seed));
  }

  private static String boilerplate() {
    return sentence(60, 99) + " ";
  }

  private static String hanText(int length, long seed) {
    var random = new SplittableRandom(seed);
    return IntStream.range(0, length)
        .mapToObj(i -> Character.toString(0x4e00 + random.nextInt(3000)))
        .collect(joining());
  }

  private static String wide(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append((char) (c == ' ' ? '\u3000' : c + 0xfee0)));
    return out.toString();
  }
}
