package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.dedup.PlantedCorpus.Document;
import io.gristmill.curation.dedup.PlantedCorpus.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PlantedCorpusTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final MinHashConfig MINHASH = MinHashConfig.defaults();
  private static final String HEADER = BucketHeader.of(MINHASH);

  @Test
  void anyDocumentMadeAloneIsThatOfTheWhole() {
    PlantedConfig config = everyKind(68_000_000);
    List<Row> file = PlantedFiles.rows(1, config, MINHASH, HEADER).toList();
    assertThat(config.files()).isEqualTo(2);
    assertThat(file).hasSize(1000);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 200; i++) {
      int row = random.nextInt(file.size());
      Row written = file.get(row);
      long number = (long) config.documentsPerFile() + row;
      Document alone = corpus(config).document(number);
      assertThat(written.getInt(0)).isEqualTo(1);
      assertThat(written.getInt(1)).isEqualTo(row);
      assertThat(written.getString(2)).isEqualTo(alone.id());
      assertThat(written.getString(3)).as("document %d", number).isEqualTo(alone.text());
      assertThat(written.getTimestamp(4).toInstant().getEpochSecond())
          .isEqualTo(alone.fetchedSeconds());
      assertThat(PlantedCorpus.number(alone.id())).isEqualTo(number);
    }
  }

  @Test
  void numbersAndOriginsAreOneToOne() {
    PlantedConfig config = everyKind(8_000_000);
    PlantedCorpus corpus = corpus(config);
    Set<Origin> origins = new HashSet<>();
    for (long number = 0; number < config.documents(); number++) {
      Origin origin = corpus.origin(number);
      origins.add(origin);
      assertThat(corpus.number(origin.kind(), origin.family(), origin.member())).isEqualTo(number);
    }
    assertThat(origins).hasSize(Math.toIntExact(config.documents()));
    for (PlantedKind kind : PlantedKind.values()) {
      assertThat(origins.stream().filter(origin -> origin.kind() == kind).count())
          .isEqualTo(corpus.documents(kind))
          .isPositive();
    }
  }

  @Test
  void pairsAreAsAlikeAsTheyArePlanted() {
    PlantedCorpus corpus = corpus(everyKind(8_000_000));
    for (PlantedKind kind : PlantedKind.values()) {
      if (kind == PlantedKind.SINGLE || kind == PlantedKind.BUCKET) {
        continue;
      }
      long members = Math.min(kind.familySize(), 4);
      for (long family = 0; family < Math.min(40, corpus.documents(kind) / members); family++) {
        if (kind == PlantedKind.CLUSTER && family > 0) {
          break;
        }
        for (long member = 1; member < members; member++) {
          Origin copy = corpus.origin(corpus.number(kind, family, member));
          double similarity =
              PlantedTruth.jaccard(
                  text(corpus, corpus.number(kind, family, 0)),
                  text(corpus, corpus.number(kind, family, member)),
                  MINHASH);
          assertThat(similarity).as("%s", copy).isCloseTo(copy.similarity(), within(0.02));
        }
      }
    }
  }

  /** All pairs, on shingles of the plain library's kind. */
  @Test
  void nothingIsAlikeThatWasNotPlanted() {
    PlantedConfig config = everyKind(1_200_000);
    PlantedCorpus corpus = corpus(config);
    List<Origin> origins = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<int[]> shingles = new ArrayList<>();
    for (long number = 0; number < config.documents(); number++) {
      origins.add(corpus.origin(number));
      shingles.add(
          LibraryMinHash.shingles(new FoldedText().fold(text(corpus, number)).toString(), MINHASH)
              .stream()
              .mapToInt(shingle -> numbers.computeIfAbsent(shingle, key -> numbers.size()))
              .sorted()
              .toArray());
    }
    int alike = 0;
    double mostElsewhere = 0;
    for (int i = 0; i < origins.size(); i++) {
      for (int j = 0; j < i; j++) {
        Origin a = origins.get(i);
        Origin b = origins.get(j);
        double similarity = PlantedTruth.jaccard(shingles.get(i), shingles.get(j));
        if (a.kind() == b.kind() && a.family() == b.family()) {
          alike++;
          double planted =
              a.member() == 0 || b.member() == 0
                  ? Math.min(a.similarity(), b.similarity())
                  : a.kind() == PlantedKind.CLUSTER ? 0.81 : a.similarity();
          assertThat(similarity).as("%s and %s", a, b).isCloseTo(planted, within(0.04));
        } else {
          mostElsewhere = Math.max(mostElsewhere, similarity);
        }
      }
    }
    assertThat(alike).isGreaterThan(100);
    assertThat(mostElsewhere).isPositive().isLessThan(0.1); // sites, and the header of the bucket
  }

  @Test
  void theHeaderPutsDocumentsIntoOneBucketOfTheFirstBandOnly() {
    PlantedCorpus corpus = corpus(everyKind(8_000_000));
    var minHash = new MinHash(MINHASH);
    List<long[]> keys =
        LongStream.range(0, corpus.documents(PlantedKind.BUCKET))
            .mapToObj(family -> text(corpus, corpus.number(PlantedKind.BUCKET, family, 0)))
            .map(text -> new Shingles(MINHASH).of(new FoldedText().fold(text)))
            .map(shingles -> minHash.bandKeys(minHash.signature(shingles)))
            .toList();
    for (int band = 0; band < MINHASH.bands(); band++) {
      Map<Long, Integer> buckets = new HashMap<>();
      for (long[] key : keys) {
        buckets.merge(key[band], 1, Integer::sum);
      }
      int largest = buckets.values().stream().max(Integer::compare).orElseThrow();
      if (band == 0) {
        assertThat(largest).isGreaterThan(keys.size() * 98 / 100);
      } else {
        assertThat(largest).as("band %d", band).isLessThan(3);
      }
    }
  }

  @Test
  void theTextIsAsLongAndAsEnglishAsConfigured() {
    PlantedConfig config = PlantedConfig.usual(40_000_000);
    PlantedCorpus corpus = corpus(config);
    long english = 0;
    long all = 0;
    for (long number = 0; number < config.documents(); number++) {
      String text = text(corpus, number);
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      all += bytes;
      english += Character.isIdeographic(text.charAt(0)) ? 0 : bytes;
    }
    assertThat(all / 40e6).isCloseTo(1, within(0.04));
    assertThat((double) english / all).isCloseTo(0.5, within(0.04));
  }

  @Test
  void otherSeedsAreOtherTexts() {
    PlantedConfig config = PlantedConfig.usual(1_000_000);
    var other =
        new PlantedConfig(
            2, config.bytes(), 0.5, config.meanBytes(), 1, config.levels(), config.shares());
    assertThat(text(corpus(config), 7)).isNotEqualTo(text(corpus(other), 7));
  }

  @Test
  void sharesBeyondTheWholeAreRefused() {
    assertThatThrownBy(() -> PlantedConfig.usual(1_000_000).with(PlantedKind.NEAR, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be negative and at most 1 in all");
  }

  private static PlantedConfig everyKind(long bytes) {
    return PlantedConfig.usual(bytes).with(PlantedKind.CLUSTER, 0.05).with(PlantedKind.BUCKET, 0.2);
  }

  private static PlantedCorpus corpus(PlantedConfig config) {
    return new PlantedCorpus(config, MINHASH, HEADER);
  }

  private static String text(PlantedCorpus corpus, long number) {
    return corpus.document(number).text();
  }
}
