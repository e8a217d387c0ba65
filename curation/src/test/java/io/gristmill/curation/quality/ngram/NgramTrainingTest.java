package io.gristmill.curation.quality.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.LocalSpark;
import io.gristmill.curation.quality.ModelInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LocalSpark.class)
class NgramTrainingTest {
  /** Codes are steps of 1/341; the mean of many is nearer. */
  private static final double STEP = 0.002;

  private final SparkSession spark;

  NgramTrainingTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "3, 1, 2", "5, 1, 2", "3, 2, 2"})
  void probabilitiesAreThoseOfTheFormula(int order, int unigrams, int more) {
    List<String> texts = texts(60);
    NgramConfig config = new NgramConfig(order, List.of(unigrams, more));
    NgramModel model = NgramTraining.train(rows(texts, 3), "en", config);
    PlainKneserNey plain = PlainKneserNey.of(texts, order, config);

    var asked = new ArrayList<>(texts.subList(0, 5));
    asked.add("the mill of the unheard word\na b c");
    for (String text : asked) {
      double expected = plain.logProbability(text);
      int words = text.replace("\n", " $ ").split(" ").length + 1;
      double perplexity = model.scoring().perplexity(text).getAsDouble();
      assertThat(-Math.log10(perplexity) * words)
          .as(text)
          .isCloseTo(expected, within(STEP * words * 2));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void probabilitiesOfAllWordsAddUpToOne(int least) {
    List<String> texts = texts(40);
    NgramConfig config = new NgramConfig(3, List.of(1, least));
    PlainKneserNey plain = PlainKneserNey.of(texts, 3, config);
    NgramModel model = NgramTraining.train(rows(texts, 2), "en", config);
    for (List<String> context : List.of(List.of("wa", "wb"), List.of("wc", "wk"), List.of("we"))) {
      double sum = Math.pow(10, model.table().unknown());
      for (String word : plain.vocabulary()) {
        var walk = new BackoffWalk(model.table());
        walk.begin(NgramModel.BEGIN);
        context.forEach(before -> walk.next(WordHashes.hash(before)));
        sum += Math.pow(10, walk.next(word.equals("$") ? 0 : WordHashes.hash(word)));
      }
      // an unknown word backs off all the way: its probability in context is smaller than alone
      assertThat(sum).as("%s", context).isCloseTo(1, within(.02));
    }
  }

  @Test
  void bytesAreTheSameOnAnyPartitioning() throws IOException {
    List<String> texts = texts(80);
    byte[] once = trained(rows(texts, 1));
    var shuffled = new ArrayList<>(texts.reversed());
    assertThat(trained(rows(shuffled, 7))).isEqualTo(once);
    assertThat(trained(rows(texts, 40))).isEqualTo(once);
  }

  @Test
  void percentilesSplitTheTexts() {
    List<String> texts = texts(200);
    NgramModel model =
        Percentiles.measured(
            NgramTraining.train(rows(texts, 2), "en", new NgramConfig(3, List.of(1, 2))),
            rows(texts, 3));
    for (int percent : List.of(10, 30, 60, 90)) {
      double limit = model.percentiles()[percent - 1];
      long below =
          texts.stream()
              .filter(text -> model.scoring().perplexity(text).getAsDouble() <= limit)
              .count();
      assertThat(below).as("percentile %d", percent).isBetween(percent * 2L, percent * 2L + 2);
    }
    assertThat(model.percentile(1)).isZero();
    assertThat(model.percentile(1e9)).isEqualTo(99);
    assertThat(model.percentile(model.percentiles()[29])).isBetween(30.0, 31.0);
  }

  @Test
  void fileHasAllOfTheModelAndEveryTruncationIsTold() throws IOException {
    NgramModel model =
        Percentiles.measured(
            NgramTraining.train(
                rows(List.of("a b a b", "b a"), 1), "zh-Hans", NgramConfig.defaults()),
            rows(List.of("a b"), 1));
    byte[] bytes = bytes(model);
    NgramModel read = read(bytes);
    assertThat(read.language()).isEqualTo("zh-Hans");
    assertThat(read.percentiles()).isEqualTo(model.percentiles());
    assertThat(read.scoring().perplexity("a b c")).isEqualTo(model.scoring().perplexity("a b c"));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("some[.]ngrams: .*byte \\d+ .*copy (the file|it) again");
    }
    bytes[0] = 'X';
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("must spell GMNGRAM1");
  }

  @Test
  void textsWithoutWordsAreRefused() {
    assertThatThrownBy(
            () -> NgramTraining.train(rows(List.of(" \n"), 1), "en", NgramConfig.defaults()))
        .hasMessage("there is no word in the texts");
  }

  private byte[] trained(Dataset<Row> texts) throws IOException {
    return bytes(NgramTraining.train(texts, "en", new NgramConfig(4, List.of(1, 1, 2))));
  }

  private static byte[] bytes(NgramModel model) throws IOException {
    var out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  private static NgramModel read(byte[] bytes) {
    return NgramModel.read(
        new ModelInput(new ByteArrayInputStream(bytes), "some.ngrams", bytes.length));
  }

  private Dataset<Row> rows(List<String> texts, int partitions) {
    return spark.createDataset(texts, Encoders.STRING()).repartition(partitions).toDF("text");
  }

  /** Lines of words that follow one another in habits, with many that occur once. */
  private static List<String> texts(int count) {
    var random = new SplittableRandom(7);
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var text = new StringBuilder();
      int word = random.nextInt(20);
      for (int j = 0; j < 5 + random.nextInt(20); j++) {
        text.append(j == 0 ? "" : j % 9 == 8 ? "\n" : " ").append('w').append((char) ('a' + word));
        int choice = random.nextInt(4);
        word = choice == 0 ? random.nextInt(26) : (word * 3 + choice) % 26;
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** The same by maps of strings, straight from the paper. */
  private record PlainKneserNey(
      int order,
      NgramConfig config,
      Map<String, Long> occurrences,
      Map<String, Long> adjusted,
      List<Discounts> discounts) {

    static PlainKneserNey of(List<String> texts, int order, NgramConfig config) {
      Map<String, Long> occurrences = new HashMap<>();
      for (String text : texts) {
        for (String line : text.split("\n")) {
          List<String> words = line(line);
          for (int end = 1; end < words.size(); end++) {
            for (int n = 1; n <= order && n <= end + 1; n++) {
              occurrences.merge(
                  String.join(" ", words.subList(end + 1 - n, end + 1)), 1L, Long::sum);
            }
          }
        }
      }
      Map<String, Long> before = new HashMap<>();
      occurrences.keySet().stream()
          .filter(ngram -> ngram.contains(" "))
          .forEach(ngram -> before.merge(ngram.substring(ngram.indexOf(' ') + 1), 1L, Long::sum));
      Map<String, Long> adjusted = new HashMap<>();
      occurrences.forEach(
          (ngram, count) ->
              adjusted.put(
                  ngram, length(ngram) == order ? count : before.getOrDefault(ngram, count)));
      var discounts = new ArrayList<Discounts>();
      for (int n = 1; n <= order; n++) {
        long[] counts = new long[4];
        for (Map.Entry<String, Long> entry : adjusted.entrySet()) {
          if (length(entry.getKey()) == n && entry.getValue() <= 4) {
            counts[(int) (entry.getValue() - 1)]++;
          }
        }
        discounts.add(Discounts.of(counts));
      }
      return new PlainKneserNey(order, config, occurrences, adjusted, discounts);
    }

    List<String> vocabulary() {
      return adjusted.keySet().stream().filter(ngram -> length(ngram) == 1).toList();
    }

    double logProbability(String text) {
      double sum = 0;
      for (String line : text.split("\n")) {
        List<String> words = line(line);
        for (int end = 1; end < words.size(); end++) {
          sum +=
              Math.log10(
                  probability(words.subList(Math.max(0, end + 1 - order), end), words.get(end)));
        }
      }
      return sum;
    }

    private double probability(List<String> context, String word) {
      int n = context.size() + 1;
      double shorter =
          context.isEmpty()
              ? 1.0 / (vocabulary().size() + 1)
              : probability(context.subList(1, context.size()), word);
      String prefix = String.join(" ", context) + (context.isEmpty() ? "" : " ");
      long total = 0;
      double left = 0;
      double own = 0;
      for (Map.Entry<String, Long> entry : adjusted.entrySet()) {
        String ngram = entry.getKey();
        if (length(ngram) == n && ngram.startsWith(prefix)) {
          long count = entry.getValue();
          boolean stays = occurrences.get(ngram) >= config.minCount(n);
          total += count;
          double discount = stays ? discounts.get(n - 1).of(count) : count;
          left += discount;
          if (ngram.equals(prefix + word)) {
            own = count - discount;
          }
        }
      }
      return total == 0 ? shorter : (own + left * shorter) / total;
    }

    private static List<String> line(String line) {
      var words = new ArrayList<String>(List.of("^"));
      words.addAll(List.of(line.split(" ")));
      words.add("$");
      return words;
    }

    private static int length(String ngram) {
      return ngram.split(" ").length;
    }
  }
}
