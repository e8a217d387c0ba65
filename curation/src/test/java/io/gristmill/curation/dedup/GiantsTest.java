package io.gristmill.curation.dedup;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A component that is too large to be verified as one. */
@ExtendWith(LocalSpark.class)
class GiantsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int PAGES = 1_900;

  @TempDir Path work;

  /**
   * Pages three quarters of which are the same boilerplate share band after band and are no
   * duplicates; one in eight is a copy of another with some words changed, and some are copies of
   * the best page, which is compared where texts are read. The result is that of comparing each
   * with every better one that stays.
   */
  @Test
  void pagesOfOneTemplateAreDecidedAsIfEachWereComparedWithAll(SparkSession spark) {
    var random = new SplittableRandom(SEED);
    String boilerplate = String.join(" ", Samples.words(75, SEED));
    List<String> contents = new ArrayList<>();
    for (int page = 0; page < PAGES; page++) {
      contents.add(
          switch (page % 8) {
            case 7 -> changed(contents.get(page - 1 - random.nextInt(Math.min(page, 40))), random);
            case 5 -> page > 700 ? contents.getFirst() : words(25, random);
            default -> words(page == 0 ? 40 : 25, random);
          });
    }
    var samples = new Samples(200);
    Map<String, String> texts = new HashMap<>();
    for (int page = 0; page < PAGES; page++) {
      String text = boilerplate + " " + contents.get(page) + (page % 8 == 5 ? " more" : "");
      samples.add("page " + page, text);
      texts.put(Samples.id("page " + page), text);
    }

    Dataset<Row> documents = samples.dataset(spark, 3);
    var folder = new org.apache.hadoop.fs.Path(work.toUri());
    List<Duplicate> found = Samples.find(spark, documents, folder, "giant");

    assertThat(Files.isDirectory(work.resolve("giant/giant-members"))).isTrue();
    Map<String, String> expected = greedy(texts);
    Map<String, String> removed =
        found.stream()
            .filter(duplicate -> duplicate.survivor().isPresent())
            .collect(toMap(Duplicate::id, duplicate -> duplicate.survivor().orElseThrow().id()));
    assertThat(expected).as("seed=%d", SEED).hasSizeGreaterThan(PAGES / 6);
    assertThat(removed).as("seed=%d", SEED).isEqualTo(expected);
    assertThat(found.stream().filter(d -> d.clusterSize() > PAGES * 9 / 10).count())
        .isGreaterThan(PAGES * 9 / 10);

    Steps made = (name, write) -> new org.apache.hadoop.fs.Path(folder, "giant/" + name);
    assertThat(Samples.find(documents, DuplicatesConfig.defaults(), made))
        .as("a run that finds all steps made")
        .containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void whatFewDocumentsOfASampleHaveIsNotCommon() {
    var common = new CommonShingles();
    for (int document = 0; document < 640; document++) {
      common.add(
          ShingleSet.of(
              new int[] {
                7, -document - 1, document % 2 == 0 ? 8 : -10_000, document < 9 ? 9 : -10_001
              }));
    }
    assertThat(common.common().toArray()).containsExactly(-10_001, -10_000, 7, 8);
  }

  @Test
  void setsThatAreAlikeChooseTheSameRareShingles() {
    var random = new SplittableRandom(SEED);
    int[] shared = random.ints(300).toArray();
    ShingleSet a = ShingleSet.of(with(shared, random.ints(40).toArray()));
    ShingleSet b = ShingleSet.of(with(shared, random.ints(40).toArray()));
    ShingleSet common = ShingleSet.of(java.util.Arrays.copyOf(shared, 100));
    List<Integer> ofA = boxed(a.rarest(common, 48));
    List<Integer> ofB = boxed(b.rarest(common, 48));
    assertThat(ofA).hasSize(48).doesNotContainAnyElementsOf(boxed(common.toArray()));
    assertThat(ofA.stream().filter(ofB::contains).count()).as("seed=%d", SEED).isGreaterThan(24);
    assertThat(boxed(a.rarest(ShingleSet.empty(), 1000))).hasSize(a.size());
  }

  /**
   * Each page against all that stay, best first: what the pipeline would do with endless memory.
   */
  private static Map<String, String> greedy(Map<String, String> texts) {
    var reader = new Content.Reader(MinHashConfig.defaults());
    List<Page> pages =
        texts.entrySet().stream()
            .map(
                page ->
                    new Page(
                        Node.of(
                            SurvivorOrder.rank(0, page.getValue().length(), -1), page.getKey(), 0),
                        reader.of(page.getValue())))
            .sorted(Comparator.comparing(Page::node))
            .toList();
    List<Page> kept = new ArrayList<>();
    Map<String, String> removed = new HashMap<>();
    for (Page page : pages) {
      kept.stream()
          .filter(
              other -> page.content().duplicateOf(other.node(), other.content(), 0.7).isPresent())
          .findFirst()
          .ifPresentOrElse(
              other -> removed.put(page.node().id(), other.node().id()), () -> kept.add(page));
    }
    return removed;
  }

  private record Page(Node node, Content content) {}

  private static String words(int count, SplittableRandom random) {
    return String.join(" ", Samples.words(count, random.nextLong()));
  }

  /** Two of the words are others. */
  private static String changed(String text, SplittableRandom random) {
    String[] words = text.split(" ");
    words[random.nextInt(words.length)] = "changed";
    words[words.length - 1] = "end";
    return String.join(" ", words);
  }

  private static int[] with(int[] a, int[] b) {
    int[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static List<Integer> boxed(int[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }
}
