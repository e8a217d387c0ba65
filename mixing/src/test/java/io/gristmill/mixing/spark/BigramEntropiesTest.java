package io.gristmill.mixing.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.mixing.mixture.EntropySample;
import io.gristmill.mixing.packing.WrittenShards;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class BigramEntropiesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @TempDir Path folder;

  @Test
  void aSmallExampleIsThatOfTheFormula(SparkSession spark) throws IOException {
    // 0 1 2 1 2 1 0 in pairs: 01, twice 12, twice 21, 10; after 1 twice 2 and once 0
    Shards shards =
        new WrittenShards(folder)
            .documents(Split.TRAIN, "web", "en", new int[] {1, 2, 1, 2, 1, 0})
            .publish();
    BigramEntropy entropy =
        BigramEntropies.measure(spark, shards, List.of(sample(part("web", "en", 6)))).getFirst();
    assertThat(entropy.nats()).isCloseTo((3 * Math.log(3) - 2 * Math.log(2)) / 6, within(1e-15));
    assertThat(entropy)
        .extracting(BigramEntropy::tokens, BigramEntropy::pairs, BigramEntropy::previous)
        .containsExactly(6L, 4L, 3L);
  }

  @Test
  void samplesOfSeveralGroupsAreThoseOfAPlainLoopHoweverTheyAreCut(SparkSession spark)
      throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int[][] docs = documents(random, 60, 700);
    int[][] news = documents(random, 40, 9);
    Shards shards =
        new WrittenShards(folder)
            .documents(Split.TRAIN, "docs", "en", docs)
            .documents(Split.TRAIN, "news", "en", news)
            .documents(Split.VALIDATION, "news", "en", documents(random, 3, 5))
            .publish();
    int[] docsTokens = tokens(docs);
    int[] newsTokens = tokens(news);
    int some = docsTokens.length / 3;
    List<EntropySample> samples =
        List.of(
            sample(part("docs", "en", docsTokens.length), part("news", "en", newsTokens.length)),
            sample(part("docs", "en", some)),
            sample(part("news", "en", 1)));
    List<BigramEntropy> measured = BigramEntropies.measure(spark, shards, samples);
    assertThat(measured.get(0).nats())
        .as("seed=%d", SEED)
        .isCloseTo(plain(docsTokens, newsTokens), within(1e-12));
    assertThat(measured.get(0).tokens()).isEqualTo(docsTokens.length + newsTokens.length);
    assertThat(measured.get(1).nats())
        .isCloseTo(plain(Arrays.copyOf(docsTokens, some)), within(1e-12));
    assertThat(measured.get(2)).isEqualTo(new BigramEntropy(1, 1, 1, 0));
    for (int stretch : new int[] {997, some}) {
      for (int partitions : new int[] {1, 5}) {
        spark.conf().set("spark.sql.shuffle.partitions", partitions);
        assertThat(BigramEntropies.measure(spark, shards, samples, stretch))
            .as("seed=%d stretch=%d partitions=%d", SEED, stretch, partitions)
            .isEqualTo(measured);
      }
    }
    spark.conf().set("spark.sql.shuffle.partitions", 2);
  }

  private static EntropySample sample(EntropySample.Part... parts) {
    return new EntropySample("line", List.of(parts));
  }

  private static EntropySample.Part part(String domain, String language, long tokens) {
    return new EntropySample.Part(domain, language, tokens);
  }

  /** Tokens of which the small ones are frequent, each document ended by 0. */
  private static int[][] documents(SplittableRandom random, int documents, int longest) {
    return IntStream.range(0, documents)
        .mapToObj(
            d -> {
              int[] document = new int[1 + random.nextInt(longest)];
              for (int t = 0; t < document.length - 1; t++) {
                document[t] = 1 + random.nextInt(1 + random.nextInt(40));
              }
              return document;
            })
        .toArray(int[][]::new);
  }

  private static int[] tokens(int[][] documents) {
    return Stream.of(documents).flatMapToInt(Arrays::stream).toArray();
  }

  /** -sum p(a,b) ln p(b|a), each stream of tokens after a 0. */
  private static double plain(int[]... streams) {
    Map<List<Integer>, Integer> pairs = new HashMap<>();
    Map<Integer, Integer> previous = new HashMap<>();
    double tokens = 0;
    for (int[] stream : streams) {
      int before = 0;
      for (int token : stream) {
        pairs.merge(List.of(before, token), 1, Integer::sum);
        previous.merge(before, 1, Integer::sum);
        before = token;
        tokens++;
      }
    }
    double nats = 0;
    for (Map.Entry<List<Integer>, Integer> pair : pairs.entrySet()) {
      double count = pair.getValue();
      nats -= count / tokens * Math.log(count / previous.get(pair.getKey().getFirst()));
    }
    return nats;
  }
}
