package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private static final List<String> BILINGUAL =
      List.of(
          "The quick brown fox jumps over the lazy dog; the dog sleeps, the fox does not.",
          "磨坊把麦子磨成面粉，水推动磨盘。磨坊主早上开门，晚上关门。",
          "A mill grinds wheat into flour. 水磨 and 风磨 grind alike: aaaaaaaa -------- 哈哈哈哈哈哈哈。",
          "小麦、大麦、燕麦都是麦子。The miller's wife weighs 125 kg of flour, 250 kg of bran.");

  static BpeTrainerConfig config(int vocabularySize) {
    return new BpeTrainerConfig(
        vocabularySize, "deepseek-v3", List.of(Tokenizer.END_OF_TEXT), 2, 2, 64, 64);
  }

  static Trained train(List<String> texts, BpeTrainerConfig config) {
    var counts = new PieceCounts(config);
    texts.forEach(text -> counts.addText(text.getBytes(UTF_8)));
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    return trainer.train(MergeProgress.NONE);
  }

  @Test
  void learnsWhatTheReferenceLearnsMergeByMerge() {
    BpeTrainerConfig config = config(420);
    assertThat(ReferenceBpe.mergesOf(train(BILINGUAL, config).tokenizer()))
        .isEqualTo(ReferenceBpe.learn(BILINGUAL, config));
  }

  @Test
  void learnsWhatTheReferenceLearnsFromRandomText() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 30; i++) {
      List<String> texts = new ArrayList<>();
      for (int n = 0; n < 20; n++) {
        texts.add(RandomText.of(random, 12));
        texts.add(letters(random, "ab"));
        texts.add(letters(random, "一丁丂"));
      }
      var config =
          new BpeTrainerConfig(
              340,
              i % 2 == 0 ? "gpt-2" : "deepseek-v3",
              List.of(Tokenizer.END_OF_TEXT),
              0,
              1 + i % 3,
              i % 5 == 0 ? 4 : 64,
              i % 4 == 0 ? 5 : 64);
      assertThat(ReferenceBpe.mergesOf(train(texts, config).tokenizer()))
          .as("seed %d, run %d", SEED, i)
          .isEqualTo(ReferenceBpe.learn(texts, config));
    }
  }

  private static String letters(SplittableRandom random, String alphabet) {
    var text = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void givesSpecialTokensTheFirstIdsThenReservedOnesThenBytes() {
    BpeTokenizer tokenizer = train(BILINGUAL, config(300)).tokenizer();
    assertThat(tokenizer.endOfText()).isZero();
    assertThat(tokenizer.bytesOf(1)).isEqualTo("<|reserved_0|>".getBytes(UTF_8));
    assertThat(tokenizer.bytesOf(3)).isEqualTo(new byte[] {'!'});
    assertThat(tokenizer.bytesOf(258)).isEqualTo(new byte[] {(byte) 0xAD});
    assertThat(tokenizer.vocabularySize()).isEqualTo(300);
  }

  @Test
  void breaksTiesByTheSmallerIds() {
    var merges = ReferenceBpe.mergesOf(train(List.of("ba dc ba dc"), config(261)).tokenizer());
    assertThat(merges)
        .containsExactly(new ReferenceBpe.Pair("b", "a"), new ReferenceBpe.Pair("d", "c"));
  }

  @Test
  void noTokenIsACharacterWithPartOfAnother() {
    BpeTokenizer tokenizer = train(BILINGUAL, config(500)).tokenizer();
    for (int id = 259; id < tokenizer.vocabularySize(); id++) {
      String token = new String(tokenizer.bytesOf(id), UTF_8);
      boolean broken = token.contains("\uFFFD");
      assertThat(broken && token.chars().anyMatch(c -> c != 0xFFFD)).as(token).isFalse();
    }
  }

  @Test
  void tooLittleTextGivesASmallerVocabularyAndSaysSo() {
    Trained trained = train(List.of("abab abab"), config(1000));
    assertThat(trained.tokenizer().vocabularySize()).isLessThan(265);
    assertThat(trained.warning().orElseThrow())
        .startsWith("vocabulary-size is 1000, but the text gives only 26")
        .contains("add text, or ask for 26");
  }

  @Test
  void countsBeyond32BitsDoNotWrap() {
    var trainer = new BpeTrainer(config(261));
    byte[] often = "xy".getBytes(UTF_8);
    byte[] seldom = "zw".getBytes(UTF_8);
    trainer.add(seldom, 0, 2, 5);
    trainer.add(often, 0, 2, 3_000_000_000L);
    Trained trained = trainer.train(MergeProgress.NONE);
    assertThat(ReferenceBpe.mergesOf(trained.tokenizer()))
        .containsExactly(new ReferenceBpe.Pair("x", "y"), new ReferenceBpe.Pair("z", "w"));
    assertThat(trained.pieces()).isEqualTo(3_000_000_005L);
  }
}
