package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.StreamingDecoder;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BpeTokenizerTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final List<String> TEXTS =
      List.of(
          "the mill grinds the wheat; the miller mills. ".repeat(3),
          "磨坊把麦子磨成面粉，水推动磨盘，磨坊主把面粉卖掉。哈哈哈哈哈哈".repeat(3),
          "-------- ======== aaaaaaaaaaaa 1234 12 345");
  private static final BpeTokenizer TOKENIZER =
      BpeTrainerTest.train(TEXTS, BpeTrainerTest.config(400)).tokenizer();

  @Test
  void encodesAsMergingOneByOneWould() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 300; i++) {
      String text = i % 2 == 0 ? RandomText.of(random, 30) : mixed(random);
      assertThat(texts(TOKENIZER.encoder().encode(text)))
          .as("seed %d, text %d: %s", SEED, i, text)
          .isEqualTo(ReferenceBpe.encode(text, TOKENIZER));
    }
  }

  private static String mixed(SplittableRandom random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      String source = TEXTS.get(random.nextInt(TEXTS.size()));
      int from = random.nextInt(source.length());
      text.append(source, from, Math.min(source.length(), from + random.nextInt(40)));
      if (random.nextInt(10) == 0) {
        text.append("哈".repeat(random.nextInt(300))).append("-".repeat(random.nextInt(300)));
      }
    }
    return text.toString();
  }

  private static List<String> texts(int[] ids) {
    return Arrays.stream(ids).mapToObj(id -> ByteAlphabet.encode(TOKENIZER.bytesOf(id))).toList();
  }

  @Test
  void decodingGivesAnyBytesBack() {
    var random = new SplittableRandom(SEED);
    Encoder encoder = TOKENIZER.encoder();
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertThat(TOKENIZER.decodeBytes(encoder.encode(bytes)))
          .as("seed %d, bytes %d", SEED, i)
          .isEqualTo(bytes);
    }
  }

  @Test
  void oneEncoderGivesTheSameIdsTheSecondTime() {
    var random = new SplittableRandom(SEED);
    Encoder encoder = TOKENIZER.encoder();
    for (int i = 0; i < 200; i++) {
      String text = mixed(random);
      assertThat(encoder.encode(text))
          .isEqualTo(encoder.encode(text))
          .isEqualTo(TOKENIZER.encoder().encode(text));
    }
  }

  @Test
  void neverMakesASpecialTokenFromText() {
    String text = "a<|endoftext|>b<|reserved_0|>";
    int[] ids = TOKENIZER.encoder().encode(text);
    assertThat(ids).doesNotContain(0, 1, 2);
    assertThat(TOKENIZER.decode(ids)).isEqualTo(text);
  }

  @Test
  void encodesAMegabyteOfOneCharacterInReasonableTime() {
    String text = "哈".repeat(350_000);
    int[] ids = TOKENIZER.encoder().encode(text);
    assertThat(TOKENIZER.decode(ids)).isEqualTo(text);
    assertThat(ids.length).isLessThanOrEqualTo(350_000 / 4);
  }

  @Test
  void manyTextsGetTheIdsOfEach() {
    List<byte[]> texts =
        IntStream.range(0, 500)
            .mapToObj(i -> TEXTS.get(i % 3).substring(i % 7))
            .map(text -> text.getBytes(UTF_8))
            .toList();
    Encoder encoder = TOKENIZER.encoder();
    assertThat(TOKENIZER.encodeAll(texts))
        .isDeepEqualTo(texts.stream().map(encoder::encode).toArray(int[][]::new));
  }

  @Test
  void tokensEndWhereTheirBytesEnd() {
    byte[] text = TEXTS.get(1).getBytes(UTF_8);
    int[] ids = TOKENIZER.encoder().encode(text);
    int[] ends = TOKENIZER.ends(ids);
    assertThat(ends).hasSameSizeAs(ids).endsWith(text.length);
    int begin = 0;
    for (int i = 0; i < ids.length; i++) {
      assertThat(Arrays.copyOfRange(text, begin, ends[i])).isEqualTo(TOKENIZER.bytesOf(ids[i]));
      begin = ends[i];
    }
  }

  @Test
  void streamsWholeCharactersOnly() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 300; i++) {
      String text = RandomText.of(random, 20);
      StreamingDecoder decoder = TOKENIZER.streamingDecoder();
      var streamed = new StringBuilder();
      for (int id : TOKENIZER.encoder().encode(text)) {
        String part = decoder.next(id);
        assertThat(part).doesNotContain("\uFFFD");
        assertThat(part.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
        streamed.append(part);
      }
      assertThat(streamed + decoder.finish()).as("seed %d", SEED).isEqualTo(text);
    }
  }

  @Test
  void streamedDamageIsTheReplacementCharacter() {
    StreamingDecoder decoder = TOKENIZER.streamingDecoder();
    int[] ids = TOKENIZER.encoder().encode(new byte[] {(byte) 0xE4, (byte) 0xB8});
    var text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.next(id));
    }
    assertThat(text).isEmpty();
    assertThat(decoder.finish()).isEqualTo("\uFFFD");
    assertThat(decoder.next(TOKENIZER.encoder().encode("a")[0])).isEqualTo("a");
  }

  @Test
  void survivesJavaSerialization() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(TOKENIZER);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      BpeTokenizer copy = (BpeTokenizer) in.readObject();
      assertThat(copy.sha256()).isEqualTo(TOKENIZER.sha256());
      assertThat(copy.encoder().encode(TEXTS.get(1)))
          .isEqualTo(TOKENIZER.encoder().encode(TEXTS.get(1)));
    }
  }

  @Test
  void anIdOutsideTheVocabularyIsNamed() {
    assertThatThrownBy(() -> TOKENIZER.decode(new int[] {5, TOKENIZER.vocabularySize()}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "token id %1$d is outside the vocabulary of %1$d tokens", TOKENIZER.vocabularySize());
  }

  @Test
  void theByteAlphabetIsThatOfGpt2() {
    assertThat(ByteAlphabet.encode(" \n中".getBytes(UTF_8))).isEqualTo("ĠĊä¸Ń");
    assertThat(ByteAlphabet.bytesInOrder()).hasSize(256).startsWith('!').endsWith(0xA0, 0xAD);
  }
}
