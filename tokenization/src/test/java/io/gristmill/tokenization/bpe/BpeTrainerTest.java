package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    return trainer(texts, config).train(MergeProgress.NONE);
  }

  private static BpeTrainer trainer(List<String> texts, BpeTrainerConfig config) {
    var counts = new PieceCounts(config);
    texts.forEach(text -> counts.addText(text.getBytes(UTF_8)));
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    return trainer;
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
      List<String> texts = texts(random);
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

  @Test
  void fewListsAtATimeGiveTheSame() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 10; i++) {
      List<String> texts = texts(random);
      BpeTrainerConfig config = config(300 + random.nextInt(60));
      assertThat(
              ReferenceBpe.mergesOf(
                  trainer(texts, config)
                      .train(0, 1 + random.nextInt(200), MergeProgress.NONE)
                      .orElseThrow()
                      .tokenizer()))
          .as("seed %d, run %d", SEED, i)
          .isEqualTo(ReferenceBpe.learn(texts, config));
    }
  }

  @Test
  void symbolsBeyond16BitsGiveTheSame() {
    assertThat(ReferenceBpe.mergesOf(train(BILINGUAL, config(1 << 20)).tokenizer()))
        .isEqualTo(ReferenceBpe.learn(BILINGUAL, config(1 << 20)));
    // The symbols of characters begin at the vocabulary size, so some lie on either side of 65,536.
    assertThat(ReferenceBpe.mergesOf(train(BILINGUAL, config(65_520)).tokenizer()))
        .isEqualTo(ReferenceBpe.learn(BILINGUAL, config(65_520)));
  }

  /** Pieces are cut between characters that are together less often than any merge. */
  @Test
  void cutsBetweenRareNeighboursGiveTheSameOrNothing() {
    var random = new SplittableRandom(SEED);
    int exact = 0;
    for (int i = 0; i < 40; i++) {
      List<String> texts = new ArrayList<>(texts(random));
      for (int n = 0; n < 40; n++) {
        texts.add(letters(random, "\u4E00\u4E01\u4E02\u4E03\u3042\uD840\uDC0B"));
      }
      BpeTrainerConfig config = config(270 + random.nextInt(60));
      long floor = 1L + random.nextInt(30);
      Optional<Trained> trained =
          cut(texts, new Cutting.OfCharacters(config), floor, new BpeTrainer(config));
      exact += trained.isPresent() ? 1 : 0;
      if (trained.isPresent()) {
        assertThat(ReferenceBpe.mergesOf(trained.get().tokenizer()))
            .as("seed %d, run %d, floor %d", SEED, i, floor)
            .isEqualTo(ReferenceBpe.learn(texts, config));
      }
    }
    assertThat(exact).isBetween(5, 35);
  }

  /** Training with cuts between neighbours that are together less often than {@code floor}. */
  private static Optional<Trained> cut(
      List<String> texts, Cutting cutting, long floor, BpeTrainer trainer) {
    var pairs = new PairCounts();
    texts.forEach(
        text -> cutting.pairs(text.getBytes(UTF_8), (left, right) -> pairs.add(left, right, 1)));
    List<Long> frequent = new ArrayList<>();
    for (int slot = 0; slot < pairs.slots(); slot++) {
      if (!pairs.isEmpty(slot) && pairs.count(slot) >= floor) {
        frequent.add(pairs.pair(slot));
      }
    }
    var counts = new PieceCounts(cutting);
    texts.forEach(text -> counts.addText(text.getBytes(UTF_8), 1, new FrequentPairs(frequent)));
    var block = new PieceBlock();
    for (int entry = 0; entry < counts.size(); entry++) {
      counts.put(entry, block);
    }
    trainer.addBlock(block.take());
    return trainer.trainAbove(floor, MergeProgress.NONE);
  }

  @Test
  void extendsATokenizerAsTheReferenceDoes() {
    var random = new SplittableRandom(SEED);
    int exact = 0;
    for (int i = 0; i < 40; i++) {
      BpeTokenizer base =
          i % 2 == 0 ? train(texts(random), config(300)).tokenizer() : mixedTokens(random);
      List<String> texts = texts(random);
      texts.addAll(BILINGUAL);
      BpeTrainerConfig config = config(base.vocabularySize() + 60);
      long floor = 1L + random.nextInt(6);
      Optional<Trained> trained =
          cut(texts, new Cutting.OfTokens(base, config), floor, new BpeTrainer(config, base));
      if (trained.isEmpty()) {
        continue;
      }
      exact++;
      BpeTokenizer extended = trained.get().tokenizer();
      List<ReferenceBpe.Pair> merges = ReferenceBpe.mergesOf(extended);
      assertThat(merges.subList(0, base.merges().size())).isEqualTo(ReferenceBpe.mergesOf(base));
      assertThat(merges.subList(base.merges().size(), merges.size()))
          .as("seed %d, run %d, floor %d", SEED, i, floor)
          .isNotEmpty()
          .isEqualTo(ReferenceBpe.extend(base, texts, config));
      for (int id = 0; id < base.vocabularySize(); id++) {
        assertThat(extended.bytesOf(id)).isEqualTo(base.bytesOf(id));
      }
      assertThat(extended.vocabulary().addedTokens()).isEqualTo(base.vocabulary().addedTokens());
    }
    assertThat(exact).isBetween(10, 35);
  }

  /**
   * As GPT-2's: ids of bytes in another order, tokens that join a space with part of a character.
   */
  private static BpeTokenizer mixedTokens(SplittableRandom random) {
    List<byte[]> tokens = new ArrayList<>();
    for (int b = 255; b >= 0; b--) {
      tokens.add(new byte[] {(byte) b});
    }
    var left = new Tokens();
    var right = new Tokens();
    var result = new Tokens();
    List<String> known = new ArrayList<>(tokens.stream().map(ByteAlphabet::encode).toList());
    for (String text : texts(random)) {
      byte[] utf8 = text.getBytes(UTF_8);
      int at = utf8.length < 2 ? 0 : random.nextInt(utf8.length - 1);
      String joined =
          utf8.length < 2
              ? known.getFirst()
              : ByteAlphabet.encode(Arrays.copyOfRange(utf8, at, at + 2));
      if (!known.contains(joined)) {
        left.add(255 - (utf8[at] & 0xFF));
        right.add(255 - (utf8[at + 1] & 0xFF));
        result.add(tokens.size());
        tokens.add(new byte[] {utf8[at], utf8[at + 1]});
        known.add(joined);
      }
    }
    tokens.add(Tokenizer.END_OF_TEXT.getBytes(UTF_8));
    return new BpeTokenizer(
        Pretokenizer.named("gpt-2"),
        new Vocabulary(
            tokens, List.of(new AddedToken(tokens.size() - 1, Tokenizer.END_OF_TEXT, true))),
        new Merges(left.toArray(), right.toArray(), result.toArray()));
  }

  @Test
  void bytesThatAreNoCharacterTeachNothing() {
    BpeTrainerConfig config = config(1000);
    byte[] damaged = {'a', 'b', (byte) 0xE4, (byte) 0xB8, 'c', 'd', (byte) 0xFF, 'a', 'b'};
    var trainer = new BpeTrainer(config);
    trainer.add(damaged, 0, damaged.length, 5);
    assertThat(ReferenceBpe.mergesOf(trainer.train(MergeProgress.NONE).tokenizer()))
        .containsExactly(new ReferenceBpe.Pair("a", "b"), new ReferenceBpe.Pair("c", "d"));
  }

  private static List<String> texts(SplittableRandom random) {
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      texts.add(RandomText.of(random, 12));
      texts.add(letters(random, "ab"));
      texts.add(letters(random, "一丁丂"));
    }
    return texts;
  }

  private static String letters(SplittableRandom random, String alphabet) {
    var text = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      int[] characters = alphabet.codePoints().toArray();
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
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
