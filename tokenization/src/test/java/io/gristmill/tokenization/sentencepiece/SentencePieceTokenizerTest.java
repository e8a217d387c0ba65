package io.gristmill.tokenization.sentencepiece;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class SentencePieceTokenizerTest {
  private static final String NAMES = "io.gristmill.tokenization.sentencepiece.Models#NAMES";

  /** White space, what pieces are called, full-width forms, an emoji; malformed bytes between. */
  private static final byte[] TEXT =
      Models.with(
          "The miller".getBytes(UTF_8),
          new byte[] {(byte) 0xE7, (byte) 0xA3},
          " grinds  磨坊主 ".getBytes(UTF_8),
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
          "x<|user|>ＡＢ，Zebra😀 </s>".getBytes(UTF_8));

  /** What spm_encode 0.1.97 gives. */
  static List<Arguments> golden() {
    return List.of(
        Arguments.of(
            "unigram-nmt-nfkc",
            "19 64 0 82 5 3 104 3 0 147 569 0 523 48 0 570 778 517 4 0 11 222 48 220 0 3 569 113 5"
                + " 570",
            "The miller ⁇  grinds 磨坊主  ⁇ x< ⁇ user ⁇ >AB, ⁇ ebra ⁇  </s>"),
        Arguments.of(
            "unigram-bytes",
            "276 262 5 279 245 197 195 245 197 195 340 264 262 4 262 245 197 195 245 197 195 245"
                + " 197 195 401 3 470 245 194 168 263 96 269 478 313 470 246 165 158 134 262 839"
                + " 368 264 840",
            "The miller\uFFFD\uFFFD grinds 磨坊主 \uFFFD\uFFFD\uFFFDx<|user|>AＢ,ZebrA😀 </s>"),
        Arguments.of(
            "bpe-bytes",
            "307 353 245 197 195 245 197 195 372 807 5 392 802 245 197 195 245 197 195 245 197 195"
                + " 847 3 245 194 167 245 194 168 816 96 803 824 808 805 246 165 158 134 676 900"
                + " 807 1058",
            "The miller\uFFFD\uFFFD grinds  磨坊主 \uFFFD\uFFFD\uFFFDx<|user|>ＡＢ，Zebra😀 </s>"),
        Arguments.of(
            "bpe-suffix",
            "58 202 0 505 121 114 145 505 0 549 758 0 521 510 13 0 759 508 0 516 0 506 103 508 0"
                + " 505 758 601 510 759 505",
            "The miller ⁇  grinds 磨坊主  ⁇ x< ⁇ user ⁇ >a ⁇ , ⁇ ebra ⁇  </s> "));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void givesTheIdsAndTheTextOfSpmEncodeAndSpmDecode(String name, String ids, String decoded) {
    SentencePieceTokenizer tokenizer = Models.read(name);
    int[] actual = tokenizer.encoder().encode(TEXT);
    assertThat(Arrays.stream(actual).mapToObj(Integer::toString).collect(Collectors.joining(" ")))
        .isEqualTo(ids);
    assertThat(tokenizer.decode(actual)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @FieldSource(NAMES)
  void textThatSpellsAControlPieceIsOrdinaryText(String name) {
    SentencePieceTokenizer tokenizer = Models.read(name);
    int[] ids = tokenizer.encoder().encode("<s>a</s><unk><pad><cls><0x0A></s>");
    assertThat(Arrays.stream(ids).noneMatch(tokenizer::isAdded)).isTrue();
  }

  @Test
  void specialPiecesAreKnownByTheirText() {
    SentencePieceTokenizer tokenizer = Models.read("bpe-suffix");
    assertThat(tokenizer.endOfText()).isEqualTo(2);
    assertThat(tokenizer.id("<s>")).hasValue(1);
    assertThat(tokenizer.id("<pad>")).hasValue(3);
    assertThat(tokenizer.id("<cls>")).hasValue(4);
    assertThat(tokenizer.id("no piece")).isEmpty();
    assertThat(tokenizer.piece(9)).isEqualTo("the\u2581");
    assertThat(IntStream.range(0, 6).filter(tokenizer::isAdded)).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> tokenizer.piece(900))
        .hasMessage("token id 900 is outside the vocabulary of 900 tokens");
  }

  @Test
  void aModelWithoutAnEndPieceSaysSoWhenAsked() {
    byte[] model =
        Models.with(
            Models.bytes("bpe-bytes"),
            Models.trainerSpec(Models.message(47, "<e>".getBytes(UTF_8))));
    assertThatThrownBy(() -> SentencePieceTokenizer.parse(model, "model").endOfText())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no control piece <e>");
  }

  @Test
  void bytesOfATokenAreItsTextWithSpaces() {
    SentencePieceTokenizer tokenizer = Models.read("bpe-bytes");
    assertThat(tokenizer.bytesOf(307)).isEqualTo(" The".getBytes(UTF_8));
    assertThat(tokenizer.bytesOf(6 + 0xE7)).isEqualTo(new byte[] {(byte) 0xE7});
    assertThat(tokenizer.bytesOf(3)).isEqualTo("<|user|>".getBytes(UTF_8));
    assertThat(tokenizer.bytesOf(2)).isEmpty();
    assertThat(tokenizer.bytesOf(0)).isEqualTo(" \u2047 ".getBytes(UTF_8));
  }

  @Test
  void streamingGivesWholeCharactersAndKeepsTheFirstSpace() {
    SentencePieceTokenizer tokenizer = Models.read("bpe-bytes");
    int[] ids = tokenizer.encoder().encode("mill 😀 磨坊");
    var decoder = tokenizer.streamingDecoder();
    List<String> parts = Arrays.stream(ids).mapToObj(decoder::next).toList();
    assertThat(parts).contains("😀");
    assertThat(String.join("", parts) + decoder.finish()).isEqualTo(" mill 😀 磨坊");
    assertThat(tokenizer.decode(ids)).isEqualTo("mill 😀 磨坊");
  }

  @ParameterizedTest
  @FieldSource(NAMES)
  void anEncoderIsUsedAgainAndTakesAPartOfItsInput(String name) {
    Encoder encoder = Models.read(name).encoder();
    int[] expected = encoder.encode("the mill 磨坊 ♞");
    byte[] text = "♞♞the mill 磨坊 ♞♞".getBytes(UTF_8);
    var tokens = new Tokens();
    encoder.encode(text, 6, text.length - 3, tokens);
    encoder.encode(text, 6, text.length - 3, tokens);
    assertThat(tokens.toArray())
        .isEqualTo(IntStream.concat(Arrays.stream(expected), Arrays.stream(expected)).toArray());
    assertThat(encoder.encode("")).isEmpty();
  }

  /** Quadratic time would show: the test would not end. */
  @ParameterizedTest
  @FieldSource(NAMES)
  void aMegabyteOfOneCharacterIsNoSpecialCase(String name) {
    SentencePieceTokenizer tokenizer = Models.read(name);
    for (String character : List.of("磨", "e", "的")) {
      String run = character.repeat(1_000_000 / character.getBytes(UTF_8).length);
      assertThat(tokenizer.decode(tokenizer.encoder().encode(run)).strip()).isEqualTo(run);
    }
  }

  @Test
  void aMegabyteThatIsOneStretchOfMergesIsNoSpecialCase() {
    byte[] model =
        Models.with(
            Models.piece("<unk>", 0, 2),
            Models.piece("磨", -9, 1),
            Models.piece("磨磨", -1, 1),
            Models.piece("磨磨磨磨", -2, 1),
            Models.piece("磨磨磨磨磨", -3, 1),
            Models.trainerSpec(Models.number(3, 2)),
            Models.normalizerSpec(Models.number(3, 0)));
    SentencePieceTokenizer tokenizer = SentencePieceTokenizer.parse(model, "model");
    int[] ids = tokenizer.encoder().encode("磨".repeat(350_003));
    assertThat(ids.length).isEqualTo(87_502); // 87,500 of four, one of two, one
    assertThat(Arrays.copyOfRange(ids, 87_499, 87_502)).containsExactly(3, 2, 1);
  }

  @Test
  void serializesAsItsFile() throws Exception {
    SentencePieceTokenizer tokenizer = Models.read("bpe-bytes");
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(tokenizer);
    }
    assertThat(bytes.size()).isBetween(16_753, 18_000);
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var copy = (SentencePieceTokenizer) in.readObject();
      assertThat(copy.sha256()).isEqualTo(tokenizer.sha256());
      assertThat(copy.encoder().encode(TEXT)).isEqualTo(tokenizer.encoder().encode(TEXT));
    }
  }

  @Test
  void filesAreReadAndWrittenToTheByte(@TempDir java.nio.file.Path folder) throws IOException {
    java.nio.file.Path file = folder.resolve("chinese.model");
    Files.write(file, Models.bytes("bpe-bytes"));
    var configuration = new Configuration();
    SentencePieceTokenizer tokenizer =
        SentencePieceFiles.read(new Path(file.toUri()), configuration);
    assertThat(tokenizer.sha256())
        .isEqualTo("43c2024ab80e03f952750b1c26ae358c1f0383369c9905a0d13caeab43d8a7d4");
    Path target = new Path(folder.resolve("model").toUri());
    SentencePieceFiles.write(tokenizer, target, configuration);
    assertThat(folder.resolve("model/tokenizer.model")).hasSameBinaryContentAs(file);
    assertThat(SentencePieceFiles.read(target, configuration).sha256())
        .isEqualTo(tokenizer.sha256());
    assertThatThrownBy(
            () -> SentencePieceFiles.read(new Path(folder.resolve("none").toUri()), configuration))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }
}
