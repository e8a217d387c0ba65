package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankFileTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final RankEncoding PLAIN =
      new RankEncoding(Pretokenizer.named("gpt-2"), List.of(new AddedToken(259, "<end>", true)));

  /** The 256 bytes, then "ab" and "abc": three ways from a, b, c. */
  private static String small() {
    var lines = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      lines.append(line(new byte[] {(byte) b}, b));
    }
    return lines + line("ab".getBytes(UTF_8), 256) + line("abc".getBytes(UTF_8), 257);
  }

  private static String line(byte[] token, int rank) {
    return Base64.getEncoder().encodeToString(token) + " " + rank + "\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"cl100k_base", "o200k_base"})
  void idsAreThoseOfTiktoken(String name) throws IOException {
    BpeTokenizer tokenizer = PublishedTokenizers.read(name + ".tiktoken");
    var theirs =
        Encodings.newDefaultEncodingRegistry()
            .getEncoding(EncodingType.fromName(name).orElseThrow());
    var random = new SplittableRandom(SEED);
    Encoder encoder = tokenizer.encoder();
    for (int i = 0; i < 4_000; i++) {
      String text = i % 2 == 0 ? RandomText.of(random, 20) : periodic(random);
      String valid = new String(text.getBytes(UTF_8), UTF_8);
      assertThat(encoder.encode(valid))
          .as("%s, seed %d, text %d: %s", name, SEED, i, valid)
          .isEqualTo(theirs.encodeOrdinary(valid).toArray());
    }
  }

  /** Where one token may be made in two ways that overlap: a short word again and again. */
  private static String periodic(SplittableRandom random) {
    var word = new StringBuilder();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    String text = word.toString().repeat(1 + random.nextInt(12));
    return text.substring(random.nextInt(word.length()));
  }

  @Test
  void idsThatNeitherRankNorSpecialTokenHasAreUnused() {
    BpeTokenizer tokenizer = RankFile.parse(small(), "ranks", PLAIN);
    assertThat(tokenizer.vocabularySize()).isEqualTo(260);
    assertThat(tokenizer.vocabulary().addedTokens())
        .extracting(AddedToken::content)
        .containsExactly("<|unused_258|>", "<end>");
    assertThat(tokenizer.encoder().encode("abcab")).containsExactly(257, 256);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    BpeTokenizer tokenizer = RankFile.parse(small(), "ranks", PLAIN);
    assertThat(RankFile.text(tokenizer)).isEqualTo(small());
    String published = PublishedTokenizers.text("cl100k_base.tiktoken");
    assertThat(RankFile.text(PublishedTokenizers.read("cl100k_base.tiktoken")))
        .isEqualTo(published);
  }

  @Test
  void ourOwnTokenizerAsRankFileGivesTheSameIds() {
    BpeTokenizer trained = HuggingFaceConstructsTest.trained();
    var encoding = new RankEncoding(trained.pretokenizer(), trained.vocabulary().addedTokens());
    BpeTokenizer copy = RankFile.parse(RankFile.text(trained), "ours", encoding);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 500; i++) {
      String text = RandomText.of(random, 20) + " the mill grinds 磨坊";
      assertThat(copy.encoder().encode(text)).isEqualTo(trained.encoder().encode(text));
    }
  }

  @Test
  void aTokenThatNoTwoMakeIsFoundAsAWholePiece() {
    String ranks = small() + line("xyz".getBytes(UTF_8), 258);
    BpeTokenizer tokenizer = RankFile.parse(ranks, "ranks", PLAIN);
    assertThat(tokenizer.encoder().encode("xyz")).containsExactly(258);
    assertThat(tokenizer.encoder().encode("xyzx")).containsExactly('x', 'y', 'z', 'x');
    BpeTokenizer copy = TokenizerJson.parse(TokenizerJson.toJson(tokenizer), "copy");
    assertThat(copy.encoder().encode("xyz")).containsExactly(258);
  }

  static List<Arguments> damages() {
    var damages = new ArrayList<Arguments>();
    damages.add(
        Arguments.of(
            line("ab".getBytes(UTF_8), 256),
            "",
            "ranks: no token has rank 256; ranks must have no gaps but for special tokens"));
    damages.add(
        Arguments.of("YWI= 256", "YWI= 255", "ranks line 257: the rank 255 is that of an earlier"));
    damages.add(
        Arguments.of("YWI= 256", "YW?= 256", "ranks line 257: \"YW?=\" is not Base64 (Illegal"));
    damages.add(
        Arguments.of(
            "YWI= 256", "YWI=", "ranks line 257: \"YWI=\" must be Base64, a space and a rank"));
    damages.add(
        Arguments.of(
            "YWI= 256", "YWI= x", "ranks line 257: \"YWI= x\" must be Base64, a space and a rank"));
    damages.add(
        Arguments.of("YWJj 257", "YWI= 257", "ranks: token \"ab\" has two ids, 256 and 257"));
    damages.add(
        Arguments.of(
            "YWJj 257",
            "YWJj 257\nYWJjZA== 258\nYWJjZGU= 259",
            "ranks: <end> should have the id 259, which is the rank of a token"));
    damages.add(
        Arguments.of(
            line(new byte[] {'A'}, 'A'),
            line("AA".getBytes(UTF_8), 'A'),
            "ranks: byte 0x41 has no token"));
    return damages;
  }

  @ParameterizedTest
  @MethodSource("damages")
  void damageIsNamedWithItsLine(String good, String bad, String message) {
    assertThat(small()).contains(good);
    assertThatThrownBy(() -> RankFile.parse(small().replace(good, bad), "ranks", PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aFileCutShortIsRefused() {
    for (int length : new int[] {0, 1, 5, 100, 900, 1500}) {
      assertThatThrownBy(() -> RankFile.parse(small().substring(0, length), "ranks", PLAIN))
          .as("length %d", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("ranks");
    }
  }

  @Test
  void whatARankFileCannotSayIsNotWritten() {
    BpeTokenizer tokenizer = RankFile.parse(small(), "ranks", PLAIN);
    assertThatThrownBy(() -> RankFile.text(tokenizer.withNormalizer(Normalizer.NFC)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a rank file cannot say");
  }

  @Test
  void anUnknownFileIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> RankEncoding.named("mine"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "mine is no known rank file, those are cl100k_base, gpt2, multilingual, o200k_base, r50k_base;");
  }
}
