package io.gristmill.curation.dedup;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.LocalSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real near-duplicates whose truth is known. */
@Tag("shared")
@ExtendWith(LocalSpark.class)
class DuplicatesTruthTest {
  private static final Path DATA = Path.of(System.getProperty("tests.shared"), "data");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path work;

  @BeforeAll
  static void sharedDataIsThere() {
    assumeTrue(
        Files.isDirectory(DATA), "near-duplicates: no shared data at %s, skipped".formatted(DATA));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 2500})
  void plagiarisedArticlesAreExactlyTheTruth(int size, SparkSession spark) throws IOException {
    Path folder = DATA.resolve("eval/neardup-minhash");
    Map<String, String> texts = new LinkedHashMap<>();
    for (String line : lines(folder.resolve("articles_%d.train.gz".formatted(size)))) {
      int space = line.indexOf(' ');
      texts.put(line.substring(0, space), line.substring(space + 1));
    }
    Set<Set<String>> truth = new HashSet<>();
    for (String line : lines(folder.resolve("articles_%d.truth.gz".formatted(size)))) {
      truth.add(Set.of(line.split(" ")));
    }
    assertThat(clusters(find(spark, texts), texts.keySet())).isEqualTo(truth);
  }

  @Test
  void versionsOfAPageAreFoundInBothLanguages(SparkSession spark) throws IOException {
    List<String[]> pairs =
        Files.readAllLines(DATA.resolve("eval/neardup-version-pairs.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t"))
            .toList();
    Map<String, String> texts = new TreeMap<>();
    for (String file : List.of("docs-tidb.zh", "docs-msft.en")) {
      Set<String> named =
          pairs.stream()
              .filter(pair -> pair[0].equals(file))
              .flatMap(pair -> List.of(pair[1], pair[2]).stream())
              .collect(toSet());
      for (String line : lines(DATA.resolve("text/%s.jsonl.gz".formatted(file)))) {
        JsonNode document = JSON.readTree(line);
        if (named.contains(document.get("id").asText())) {
          texts.put(document.get("id").asText(), document.get("text").asText());
        }
      }
    }
    Map<String, Duplicate> found = find(spark, texts);

    Map<String, int[]> recall = new TreeMap<>();
    for (String[] pair : pairs) {
      if (pair[4].equals("0") && Double.parseDouble(pair[3]) >= 0.8) {
        int[] counts = recall.computeIfAbsent(pair[0], file -> new int[2]);
        counts[0] += together(found.get(pair[1]), found.get(pair[2])) ? 1 : 0;
        counts[1]++;
      }
    }
    recall.forEach(
        (file, counts) -> System.out.printf("%s: %d of %d pairs%n", file, counts[0], counts[1]));
    assertThat(recall).hasSize(2);
    assertThat(recall.values())
        .allSatisfy(
            counts ->
                assertThat(counts[0]).isGreaterThanOrEqualTo((int) Math.ceil(0.97 * counts[1])));

    Map<String, String> byId = texts.keySet().stream().collect(toMap(Samples::id, name -> name));
    found.forEach(
        (name, duplicate) ->
            duplicate
                .survivor()
                .ifPresent(
                    survivor ->
                        assertThat(
                                characterJaccard(
                                    texts.get(name), texts.get(byId.get(survivor.id()))))
                            .as("%s for %s", name, byId.get(survivor.id()))
                            .isGreaterThanOrEqualTo(0.5)));
  }

  @Test
  void slidingWindowsFormTheClustersOfDatatrove(SparkSession spark) throws IOException {
    JsonNode golden = golden("datatrove", "test_buckets_and_cluster");
    String text = golden.at("/input/text").asText();
    Map<String, String> texts = new LinkedHashMap<>();
    Set<Set<String>> expected = new HashSet<>();
    golden
        .at("/input/cluster_offsets")
        .forEach(
            cluster -> {
              Set<String> names = new HashSet<>();
              cluster.forEach(
                  offset -> {
                    names.add(offset.asText());
                    texts.put(
                        offset.asText(), text.substring(offset.asInt(), offset.asInt() + 400));
                  });
              if (names.size() > 1) {
                expected.add(names);
              }
            });
    Map<String, Duplicate> found = find(spark, texts);
    Map<String, Set<String>> components = new HashMap<>();
    found.forEach(
        (name, duplicate) ->
            components.computeIfAbsent(duplicate.clusterId(), id -> new HashSet<>()).add(name));
    assertThat(Set.copyOf(components.values())).isEqualTo(expected);
    // the peer keeps one a component; of 800 and 860, whose windows share 340 of 460 characters, we
    // keep both, for no chain removes what is not itself similar enough to a kept document
    long kept =
        texts.size() - found.values().stream().filter(d -> d.survivor().isPresent()).count();
    assertThat(kept).isEqualTo(golden.at("/expected/kept").asLong() + 1);
    assertThat(List.of("800", "860"))
        .allSatisfy(name -> assertThat(found.get(name).survivor()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_english_deduplication", "test_chinese_deduplication"})
  void theCasesOfDataJuicer(String name, SparkSession spark) throws IOException {
    JsonNode golden = golden("datajuicer", "document_minhash_deduplicator/" + name);
    Map<String, String> texts = new LinkedHashMap<>();
    golden.at("/input").forEach(text -> texts.put("" + texts.size(), text.asText()));
    Map<String, Duplicate> found = find(spark, texts);
    long removed = found.values().stream().filter(d -> d.survivor().isPresent()).count();
    assertThat(removed).isEqualTo(golden.at("/expected/removed_indices").size());
  }

  private Map<String, Duplicate> find(SparkSession spark, Map<String, String> texts) {
    var samples = new Samples();
    texts.forEach(samples::add);
    Map<String, Duplicate> byId =
        Samples.find(
                spark,
                samples.dataset(spark, 2),
                new org.apache.hadoop.fs.Path(work.toUri()),
                "truth")
            .stream()
            .collect(toMap(Duplicate::id, duplicate -> duplicate));
    Map<String, Duplicate> found = new HashMap<>();
    texts.keySet().stream()
        .filter(name -> byId.containsKey(Samples.id(name)))
        .forEach(name -> found.put(name, byId.get(Samples.id(name))));
    return found;
  }

  private static boolean together(Duplicate a, Duplicate b) {
    return a != null
        && b != null
        && a.clusterId().equals(b.clusterId())
        && (a.survivor().isPresent() || b.survivor().isPresent());
  }

  /** Kept documents with all that were removed in their favour. */
  private static Set<Set<String>> clusters(Map<String, Duplicate> found, Set<String> names) {
    Map<String, Set<String>> bySurvivor = new HashMap<>();
    for (String name : names) {
      if (found.containsKey(name)) {
        String survivor =
            found.get(name).survivor().map(Duplicate.Survivor::id).orElse(Samples.id(name));
        bySurvivor.computeIfAbsent(survivor, key -> new HashSet<>()).add(name);
      }
    }
    return bySurvivor.values().stream().filter(cluster -> cluster.size() > 1).collect(toSet());
  }

  /** As the pairs were measured: sets of 5 characters, white space collapsed. */
  private static double characterJaccard(String a, String b) {
    Set<String> x = grams(a);
    Set<String> y = grams(b);
    int all = x.size() + y.size();
    x.retainAll(y);
    return (double) x.size() / (all - x.size());
  }

  private static Set<String> grams(String text) {
    String collapsed = text.strip().replaceAll("\\s+", " ");
    return IntStream.rangeClosed(0, Math.max(0, collapsed.length() - 5))
        .mapToObj(i -> collapsed.substring(i, Math.min(collapsed.length(), i + 5)))
        .collect(toSet());
  }

  private static JsonNode golden(String peer, String name) throws IOException {
    for (String line : Files.readAllLines(DATA.resolve("goldens/%s.jsonl".formatted(peer)))) {
      JsonNode golden = JSON.readTree(line);
      if (golden.get("case").asText().equals(name)) {
        return golden;
      }
    }
    throw new IllegalStateException("no golden case %s of %s".formatted(name, peer));
  }

  private static List<String> lines(Path file) throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return new ArrayList<>(reader.lines().toList());
    }
  }
}
