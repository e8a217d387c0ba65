package io.gristmill.tokenization.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrefixTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private static List<String> texts() {
    var random = new SplittableRandom(SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      texts.add(RandomText.of(random, 20));
      texts.add("a".repeat(random.nextInt(40)) + " " + "哈".repeat(random.nextInt(40)));
      texts.add(letters(random, "ab") + " " + letters(random, "一丁"));
    }
    return texts;
  }

  private static String letters(SplittableRandom random, String alphabet) {
    var text = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void aPrefixIsWhatTrainingAtThatSizeGives() {
    List<String> texts = texts();
    BpeTokenizer largest = BpeTrainerTest.train(texts, BpeTrainerTest.config(520)).tokenizer();
    for (int size = 259; size <= 520; size += 9) {
      BpeTokenizer trained = BpeTrainerTest.train(texts, BpeTrainerTest.config(size)).tokenizer();
      assertThat(TokenizerJson.toJson(largest.prefix(size)))
          .as("size %d, seed %d", size, SEED)
          .isEqualTo(TokenizerJson.toJson(trained));
    }
    assertThat(TokenizerJson.toJson(largest.prefix(520))).isEqualTo(TokenizerJson.toJson(largest));
  }

  @Test
  void aMergeIntoAKnownTokenTakesNoId() {
    List<byte[]> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(new byte[] {(byte) b});
    }
    for (String token : List.of("aa", "aaa", "aaab")) {
      tokens.add(token.getBytes(StandardCharsets.UTF_8));
    }
    var merges =
        new Merges(
            new int[] {'a', 256, 'a', 257}, // a a, aa a, a aa, aaa b
            new int[] {'a', 'a', 256, 'b'},
            new int[] {256, 257, 257, 258});
    var tokenizer =
        new BpeTokenizer(Pretokenizer.named("gpt-2"), new Vocabulary(tokens, List.of()), merges);
    assertThat(tokenizer.unmergedSize()).isEqualTo(256);
    assertThat(tokenizer.prefix(258).merges().size()).isEqualTo(2);
    assertThat(tokenizer.prefix(259).merges()).isEqualTo(merges);
  }

  @Test
  void addedTokensAtTheEndMoveUp() {
    BpeTokenizer plain = BpeTrainerTest.train(texts(), BpeTrainerTest.config(400)).tokenizer();
    List<byte[]> tokens = new ArrayList<>();
    for (int id = 0; id < plain.vocabularySize(); id++) {
      tokens.add(plain.bytesOf(id));
    }
    tokens.add("<|end|>".getBytes(StandardCharsets.UTF_8));
    List<AddedToken> added = new ArrayList<>(plain.vocabulary().addedTokens());
    added.add(new AddedToken(400, "<|end|>", false));
    var foreign =
        new BpeTokenizer(plain.pretokenizer(), new Vocabulary(tokens, added), plain.merges());

    BpeTokenizer prefix = foreign.prefix(301);
    assertThat(prefix.vocabularySize()).isEqualTo(301);
    assertThat(prefix.vocabulary().addedTokens())
        .last()
        .isEqualTo(new AddedToken(300, "<|end|>", false));
    assertThat(prefix.merges()).isEqualTo(plain.prefix(300).merges());
    String text = "哈哈哈 aaaa abab --";
    assertThat(prefix.encoder().encode(text)).isEqualTo(plain.prefix(300).encoder().encode(text));
  }

  @Test
  void aSizeOutOfRangeIsRefused() {
    BpeTokenizer largest = BpeTrainerTest.train(texts(), BpeTrainerTest.config(300)).tokenizer();
    assertThatThrownBy(() -> largest.prefix(258))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a prefix of 258 tokens, must be 259 (no merge) to 300 (all merges)");
    assertThatThrownBy(() -> largest.prefix(301)).hasMessageContaining("259 (no merge) to 300");
  }
}
