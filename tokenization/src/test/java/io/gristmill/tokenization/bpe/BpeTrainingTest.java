package io.gristmill.tokenization.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.SparkLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkLocal.class)
class BpeTrainingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final StructType TEXT =
      new StructType().add("id", DataTypes.StringType).add("text", DataTypes.StringType);

  @Test
  void learnsTheSameFromAnyPartitioning(SparkSession spark) {
    List<String> texts = texts();
    BpeTrainerConfig config = BpeTrainerTest.config(360);
    Trained expected = BpeTrainerTest.train(texts, config);
    for (int partitions : new int[] {1, 2, 7}) {
      Trained trained =
          BpeTraining.train(documents(spark, texts, partitions), config, MergeProgress.NONE);
      assertThat(trained.tokenizer().sha256())
          .as("seed %d, %d partitions", SEED, partitions)
          .isEqualTo(expected.tokenizer().sha256());
    }
  }

  @Test
  void rowsWithoutTextArePassedOver(SparkSession spark) {
    List<Row> rows = List.of(RowFactory.create("1", null), RowFactory.create("2", ""));
    Trained trained =
        BpeTraining.train(
            spark.createDataFrame(rows, TEXT), BpeTrainerTest.config(300), MergeProgress.NONE);
    assertThat(trained.tokenizer().vocabularySize()).isEqualTo(259);
    assertThat(trained.warning().orElseThrow()).contains("the text gives only 259 tokens");
  }

  @Test
  void extendsTheSameFromAnyPartitioning(SparkSession spark) {
    BpeTokenizer base = BpeTrainerTest.train(texts(), BpeTrainerTest.config(300)).tokenizer();
    List<String> texts = new ArrayList<>(texts());
    texts.add("\u78E8\u574A\u78E8\u574A\u78E8\u9762\u7C89 the mill mills ".repeat(9));
    BpeTrainerConfig config = BpeTrainerTest.config(340);
    List<ReferenceBpe.Pair> expected = new ArrayList<>(ReferenceBpe.mergesOf(base));
    expected.addAll(ReferenceBpe.extend(base, texts, config));
    for (int partitions : new int[] {1, 5}) {
      Trained trained =
          BpeTraining.extend(documents(spark, texts, partitions), base, config, MergeProgress.NONE);
      assertThat(ReferenceBpe.mergesOf(trained.tokenizer())).isEqualTo(expected);
    }
  }

  @Test
  void aWeightCountsATextSoManyTimes(SparkSession spark) {
    StructType columns =
        TEXT.add("domain", DataTypes.StringType).add("language", DataTypes.StringType);
    List<Row> rows =
        List.of(
            RowFactory.create("1", "ab ab ab", "web", "en"),
            RowFactory.create("2", "cd cd", "books", "en"),
            RowFactory.create("3", "ef ef ef ef", "web", "zh-Hans"),
            RowFactory.create("4", "gh", "web", "fr"));
    BpeTrainerConfig usual = BpeTrainerTest.config(300);
    var config =
        new BpeTrainerConfig(
            usual.vocabularySize(),
            "gpt-2",
            usual.specialTokens(),
            usual.reservedTokens(),
            usual.minFrequency(),
            usual.maxTokenBytes(),
            usual.maxPieceCharacters(),
            List.of(
                new TextWeight("books", "*", 2.5),
                new TextWeight("*", "zh*", 0),
                new TextWeight("*", "fr", 1.999)));
    Trained trained =
        BpeTraining.train(spark.createDataFrame(rows, columns), config, MergeProgress.NONE);
    // cd 5 times, ab 3 times, " cd" and then " ab" less; ef never, gh not 2 times.
    assertThat(ReferenceBpe.mergesOf(trained.tokenizer()))
        .containsExactly(
            new ReferenceBpe.Pair("c", "d"),
            new ReferenceBpe.Pair("a", "b"),
            new ReferenceBpe.Pair("\u0120", "cd"),
            new ReferenceBpe.Pair("\u0120", "ab"));
    assertThat(trained.pieces()).isEqualTo(9);
  }

  @Test
  void aTokenizerThatIsLargerIsNotExtended(SparkSession spark) {
    BpeTokenizer base = BpeTrainerTest.train(texts(), BpeTrainerTest.config(300)).tokenizer();
    assertThatThrownBy(
            () ->
                BpeTraining.extend(
                    documents(spark, texts(), 1),
                    base,
                    BpeTrainerTest.config(299),
                    MergeProgress.NONE))
        .hasMessage(
            "vocabulary-size is 299, but the tokenizer to extend has 300 tokens; ask for more");
  }

  private static List<String> texts() {
    var random = new SplittableRandom(SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add(RandomText.of(random, 12));
    }
    return texts;
  }

  private static Dataset<Row> documents(SparkSession spark, List<String> texts, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (String text : texts) {
      rows.add(RowFactory.create("" + rows.size(), text));
    }
    return spark.createDataFrame(rows, TEXT).repartition(partitions);
  }
}
