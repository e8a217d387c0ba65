package io.gristmill.tokenization.quality;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.tokenization.LocalSpark;
import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.shard.DocumentColumns;
import io.gristmill.tokenization.shard.Holdout;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class QualityCountingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final StructType SCHEMA =
      new StructType()
          .add(DocumentColumns.ID, DataTypes.StringType)
          .add(DocumentColumns.CLUSTER_ID, DataTypes.StringType)
          .add(DocumentColumns.DOMAIN, DataTypes.StringType)
          .add(DocumentColumns.LANGUAGE, DataTypes.StringType)
          .add(DocumentColumns.TEXT, DataTypes.StringType);
  private static final Holdout NOTHING_HELD_OUT = new Holdout(0, 0);
  private static final QualityConfig CONFIG = new QualityConfig(new Sample(1), 2, 10);

  /** Two merges for 磨, two for 坊, one for 磨坊; then il, mil and " mil". */
  private static BpeTokenizer tokenizer() {
    var trainer =
        new BpeTrainer(
            new BpeTrainerConfig(
                257 + 8, "deepseek-v3", List.of(Tokenizer.END_OF_TEXT), 0, 1, 64, 64));
    add(trainer, "磨坊", 100);
    add(trainer, " mil", 10);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  private static void add(BpeTrainer trainer, String piece, long count) {
    byte[] utf8 = piece.getBytes(UTF_8);
    trainer.add(utf8, 0, utf8.length, count);
  }

  private static Row row(String id, String language, String domain, String text) {
    return RowFactory.create(id, id, domain, language, text);
  }

  @Test
  void measuresAreThoseCountedByHand(SparkSession spark) {
    Tokenizer tokenizer = tokenizer();
    assertThat(tokenizer.encoder().encode("磨坊 mill")).hasSize(3);
    Dataset<Row> documents =
        spark.createDataFrame(
            List.of(
                row("a", "zh", "web", "磨坊磨"), // 磨坊, 磨: ICU has the words 磨坊 and 磨
                row("b", "en", "web", "a mill"), // a, " mil", l
                row("c", "en", "books", "é")), // two bytes
            SCHEMA);
    var tallies =
        QualityCounting.count(documents, List.of(tokenizer), NOTHING_HELD_OUT, new Sample(1));
    TokenizerQuality quality = TokenizerQuality.of("own", tokenizer, tallies, 0, CONFIG);

    Measures chinese = quality.measures(false, "zh");
    assertThat(chinese.documents()).isEqualTo(1);
    assertThat(chinese.bytes()).isEqualTo(9);
    assertThat(chinese.characters()).isEqualTo(3);
    assertThat(chinese.words()).isEqualTo(2);
    assertThat(chinese.tokens()).isEqualTo(2);
    assertThat(chinese.wholeWords()).isEqualTo(2);
    assertThat(chinese.bytesPerToken()).isEqualTo(4.5);
    assertThat(chinese.tokensPerCharacter()).isEqualTo(2.0 / 3);

    Measures english = quality.measures(false, "en");
    assertThat(english.tokens()).isEqualTo(5);
    assertThat(english.words()).isEqualTo(3);
    assertThat(english.tokensPerWord()).isEqualTo(5.0 / 3);
    assertThat(english.singleBytes()).isEqualTo(4);
    assertThat(english.partialBytes()).isEqualTo(2);
    assertThat(english.wholeWordShare()).isEqualTo(1.0 / 3); // "a"; mill and é are cut
    assertThat(english.shannonEfficiency())
        .isEqualTo(Math.log(5) / Math.log(264), within(1e-15)); // five different of 264

    assertThat(quality.measures().keySet())
        .containsExactly(
            new Group(false, "*", "*"),
            new Group(false, "en", "*"),
            new Group(false, "en", "books"),
            new Group(false, "en", "web"),
            new Group(false, "zh", "*"),
            new Group(false, "zh", "web"));
    assertThat(quality.measures(false, "*").tokens()).isEqualTo(7);
  }

  @Test
  void useTellsRareTokensAndWhatTheyWereStepsTo(SparkSession spark) {
    Tokenizer tokenizer = tokenizer();
    Dataset<Row> documents =
        spark.createDataFrame(List.of(row("a", "zh", "web", "磨坊磨坊 mill, mill")), SCHEMA);
    var tallies =
        QualityCounting.count(documents, List.of(tokenizer), NOTHING_HELD_OUT, new Sample(1));
    VocabularyUse use = TokenizerQuality.of("own", tokenizer, tallies, 0, CONFIG).use();
    // 磨坊 x2, " mil" x2, l x2, "," x1; of eight merged tokens six are not met
    assertThat(use.tokens()).isEqualTo(7);
    assertThat(use.encodable()).isEqualTo(264);
    assertThat(use.unused()).isEqualTo(6 + 254);
    assertThat(use.unusedBytes()).isEqualTo(254);
    assertThat(use.underTrained()).isEqualTo(6 + 255);
    assertThat(use.intermediates()).isEqualTo(6);
    assertThat(use.rarest())
        .extracting(TokenUse::shown)
        .containsExactlyInAnyOrder("A3 A8", "E5 9D", "磨", "坊", "il", "mil");
    assertThat(use.rarest())
        .filteredOn(token -> token.shown().equals("坊"))
        .singleElement()
        .satisfies(token -> assertThat(token.into()).isEqualTo("磨坊"));
    assertThat(use.rarest())
        .filteredOn(token -> token.kind() == TokenKind.PARTIAL)
        .extracting(TokenUse::shown)
        .allSatisfy(shown -> assertThat(shown).matches("[0-9A-F]{2}( [0-9A-F]{2})+"));
    assertThat(use.longest().getFirst().shown()).isEqualTo(" mil");
    assertThat(use.frequent().get("zh"))
        .extracting(TokenUse::shown)
        .startsWith("l", "磨坊", " mil")
        .hasSize(4);
  }

  @Test
  void countsAreTheSameForAnyPartitioning(SparkSession spark) {
    var random = new SplittableRandom(SEED);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      rows.add(row("d" + i, i % 3 == 0 ? "en" : "zh", "m" + i % 2, RandomText.of(random, 60)));
    }
    List<Tokenizer> tokenizers = List.of(tokenizer(), tokenizer().prefix(260));
    String expected = "";
    for (int partitions : new int[] {1, 3, 8}) {
      SortedMap<Group, Tally> tallies =
          QualityCounting.count(
              spark.createDataFrame(rows, SCHEMA).repartition(partitions),
              tokenizers,
              new Holdout(3, 0.3),
              new Sample(0.7));
      assertThat(tallies).hasSize(8);
      long documents = tallies.values().stream().mapToLong(Tally::documents).sum();
      assertThat(documents).isBetween(80L, 130L);
      var all = new StringBuilder();
      for (int t = 0; t < tokenizers.size(); t++) {
        all.append(TokenizerQuality.of("t" + t, tokenizers.get(t), tallies, t, CONFIG));
      }
      expected = expected.isEmpty() ? all.toString() : expected;
      assertThat(all.toString()).as("%d partitions, seed %d", partitions, SEED).isEqualTo(expected);
    }
  }

  @Test
  void aLargerSampleHoldsTheSmaller() {
    var small = new Sample(0.1);
    var large = new Sample(0.4);
    long taken = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean inSmall = small.takes("document " + i);
      assertThat(large.takes("document " + i) || !inSmall).isTrue();
      taken += inSmall ? 1 : 0;
    }
    assertThat(taken).isBetween(900L, 1100L);
  }

  @Test
  void theMakeupCountsKindsAndHanLengths() {
    VocabularyMakeup makeup = VocabularyMakeup.of(new TokenTable(tokenizer()));
    assertThat(makeup.kinds().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(265);
    assertThat(makeup.kinds().get(TokenKind.ADDED)).isEqualTo(1);
    assertThat(makeup.kinds().get(TokenKind.HAN)).isEqualTo(3);
    assertThat(makeup.kinds().get(TokenKind.PARTIAL)).isEqualTo(128 + 2);
    assertThat(makeup.kinds().get(TokenKind.DIGITS)).isEqualTo(10);
    assertThat(makeup.hanLengths()).containsOnlyKeys(1, 2).containsEntry(1, 2);
  }
}
