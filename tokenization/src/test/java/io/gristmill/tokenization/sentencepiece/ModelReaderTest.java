package io.gristmill.tokenization.sentencepiece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.RandomText;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReaderTest {
  private static final long SEED = Long.getLong("tests.seed", 1);

  private static final byte[] UNKNOWN = Models.piece("<unk>", 0, 2);
  private static final byte[] PIECE = Models.piece("mill", -1, 1);
  private static final byte[] SPECS = Models.with(Models.trainerSpec(), Models.normalizerSpec());

  private static byte[] model(byte[]... fields) {
    return Models.with(new byte[0], fields);
  }

  private static SentencePieceModel read(byte[] model) {
    return ModelReader.read(model, "some.model");
  }

  @Test
  void whatTheFileSaysIsRead() {
    SentencePieceModel model = read(Models.bytes("bpe-bytes"));
    assertThat(model.pieces()).hasSize(1200).startsWith(new Piece("<unk>", 0, PieceType.UNKNOWN));
    assertThat(model.pieces().get(2)).isEqualTo(new Piece("</s>", 0, PieceType.CONTROL));
    assertThat(model.pieces().get(3)).isEqualTo(new Piece("<|user|>", 0, PieceType.USER_DEFINED));
    assertThat(model.pieces().get(6)).isEqualTo(new Piece("<0x00>", 0, PieceType.BYTE));
    assertThat(model.pieces().get(262).type()).isEqualTo(PieceType.NORMAL);
    assertThat(model.unigram()).isFalse();
    assertThat(model.byteFallback()).isTrue();
    assertThat(model.unknownSurface()).isEqualTo(" \u2047 ");
    assertThat(model.endPiece()).isEqualTo("</s>");
    assertThat(model.normalizer())
        .isEqualTo(new NormalizerSpec(Charsmap.IDENTITY, true, false, true));
    assertThat(model.denormalizer()).isEmpty();
    assertThat(read(Models.bytes("unigram-bytes")).denormalizer()).isPresent();
    assertThat(read(Models.bytes("bpe-suffix")).whitespaceAsSuffix()).isTrue();
  }

  @Test
  void whatIsLeftOutHasTheDefaultsOfTheFormat() {
    SentencePieceModel model = read(model(UNKNOWN, PIECE, SPECS));
    assertThat(model.unigram()).isTrue();
    assertThat(model.byteFallback()).isFalse();
    assertThat(model.normalizer())
        .isEqualTo(new NormalizerSpec(Charsmap.IDENTITY, true, true, true));
  }

  @Test
  void fieldsThatDoNotMatterArePassedOver() {
    byte[] extension = Models.message(200, new byte[] {1, 2, 3});
    byte[] number = Models.number(201, 70000);
    byte[] fixed = Models.float32(202, 1);
    byte[] fixed64 = Models.with(new byte[] {7 << 3 | 1}, new byte[8]);
    assertThat(read(model(extension, UNKNOWN, number, PIECE, fixed, SPECS, fixed64)))
        .isEqualTo(read(model(UNKNOWN, PIECE, SPECS)));
  }

  static List<Arguments> damages() {
    return List.of(
        Arguments.of(model(), "some.model: there are no pieces"),
        Arguments.of(model(UNKNOWN, PIECE), "some.model: trainer_spec is missing at the end"),
        Arguments.of(
            model(UNKNOWN, PIECE, Models.trainerSpec()),
            "some.model: normalizer_spec is missing at the end"),
        Arguments.of(
            model(UNKNOWN, PIECE, Models.trainerSpec(Models.number(3, 3)), SPECS),
            "some.model: trainer_spec.model_type at byte 33 is WORD; only UNIGRAM and BPE"),
        Arguments.of(
            model(UNKNOWN, PIECE, Models.trainerSpec(Models.number(3, 4)), SPECS),
            "some.model: trainer_spec.model_type at byte 33 is CHAR; only UNIGRAM and BPE"),
        Arguments.of(
            model(UNKNOWN, PIECE, Models.trainerSpec(Models.number(3, 9)), SPECS),
            "some.model: trainer_spec.model_type at byte 33 is 9; only UNIGRAM and BPE"),
        Arguments.of(
            model(PIECE, SPECS), "some.model: there are 0 pieces of type UNKNOWN, must be 1"),
        Arguments.of(
            model(UNKNOWN, Models.piece("<unk2>", 0, 2), SPECS),
            "some.model: there are 2 pieces of type UNKNOWN, must be 1"),
        Arguments.of(
            model(UNKNOWN, PIECE, PIECE, SPECS),
            "some.model: pieces[2].piece at byte 33 is \"mill\", as is pieces[1]"),
        Arguments.of(
            model(UNKNOWN, Models.piece("", 0, 1), SPECS),
            "some.model: pieces[1].piece at byte 18 has 0 characters"),
        Arguments.of(
            model(UNKNOWN, Models.piece("a\0", 0, 1), SPECS),
            "some.model: pieces[1].piece at byte 18 has 2 characters, must have 1 to 8000 and no NUL"),
        Arguments.of(
            model(UNKNOWN, Models.message(1, Models.message(1, new byte[] {(byte) 0xE7})), SPECS),
            "some.model: pieces[1].piece at byte 18 is not UTF-8"),
        Arguments.of(
            model(UNKNOWN, Models.piece("a", Float.NaN, 1), SPECS),
            "some.model: pieces[1].score at byte 18 is NaN, must be a number"),
        Arguments.of(
            model(UNKNOWN, Models.piece("a", 0, 7), SPECS),
            "some.model: pieces[1].type at byte 26 is 7, must be 1 to 6"),
        Arguments.of(
            model(UNKNOWN, Models.message(1, Models.number(1, 5)), SPECS),
            "some.model: pieces[1].piece at byte 18 has wire type 0, must be 2"),
        Arguments.of(
            model(UNKNOWN, Models.piece("<0x41>", 0, 6), SPECS),
            "some.model: pieces[1] is the byte <0x41>, but trainer_spec.byte_fallback is false"),
        Arguments.of(
            model(
                UNKNOWN,
                Models.piece("<0x4>", 0, 6),
                SPECS,
                Models.trainerSpec(Models.number(35, 1))),
            "some.model: pieces[1] is the byte <0x4>, must be <0xNN>"),
        Arguments.of(
            model(UNKNOWN, PIECE, SPECS, Models.trainerSpec(Models.number(35, 1))),
            "some.model: there are 0 pieces of type BYTE, must be 256"),
        Arguments.of(
            model(UNKNOWN, Models.piece("$", 0, 3), SPECS, Models.trainerSpec(Models.number(3, 2))),
            "some.model: pieces[1] is the control piece \"$\", which a BPE model would find in"),
        Arguments.of(
            model(UNKNOWN, SPECS, Models.normalizerSpec(Models.message(2, new byte[] {1, 2}))),
            "some.model: normalizer_spec.precompiled_charsmap at byte 22 has 2 bytes"),
        Arguments.of(
            model(UNKNOWN, SPECS, new byte[] {0x0B}),
            "some.model: pieces[1] at byte 20 has wire type 3, must be 2"),
        Arguments.of(
            model(UNKNOWN, SPECS, new byte[] {0x3B}),
            "some.model: field 7 at byte 20 has the unknown wire type 3"),
        Arguments.of(
            model(UNKNOWN, SPECS, new byte[] {0x02}),
            "some.model: a field's number at byte 20 is 0"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whatIsDamagedOrNotSupportedIsNamed(byte[] model, String message) {
    assertThatThrownBy(() -> SentencePieceTokenizer.parse(model, "some.model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aFileCutShortAnywhereIsRefused() {
    byte[] model = Models.bytes("bpe-bytes");
    for (int length = 0; length < model.length; length += length < model.length - 300 ? 13 : 1) {
      byte[] cut = Arrays.copyOf(model, length);
      assertThatThrownBy(() -> read(cut))
          .as("length %d", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("some.model: ");
    }
  }

  /** What is damaged is refused or still a model, but never breaks encoding. */
  @ParameterizedTest
  @ValueSource(strings = {"unigram-bytes", "bpe-suffix"})
  void randomDamageNeverBreaksAnything(String name) {
    byte[] model = Models.bytes(name);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = model.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      damaged[damaged.length - 1 - random.nextInt(2000)] ^= (byte) (1 << random.nextInt(8));
      String text = RandomText.of(random, 50);
      try {
        var tokenizer = SentencePieceTokenizer.parse(damaged, "some.model");
        for (int id : tokenizer.encoder().encode(text)) {
          assertThat(id).as("seed=%d, %d", SEED, i).isBetween(0, tokenizer.vocabularySize() - 1);
        }
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed=%d, %d", SEED, i).hasMessageStartingWith("some.model: ");
      }
    }
  }
}
