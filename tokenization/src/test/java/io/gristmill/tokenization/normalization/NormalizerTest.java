package io.gristmill.tokenization.normalization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.tokenization.RandomText;
import java.io.ByteArrayOutputStream;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizerTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /** What joins, reorders or falls apart: marks, jamo, ligatures, full and half width. */
  private static final String TRICKY =
      "e\u0301 a\u0323\u0307 a\u0307\u0323 \u1E9B\u0323 \u2126 \uFB01 \uFF21\uFF11 \uFF76\uFF9E \u304B\u3099"
          + " \u1100\u1161\u11A8 \uAC00\u11A8 \uF900 \u2F00 \u00BD \u09C7\u09BE \uD834\uDD5E \u0344 中文，。";

  @ParameterizedTest
  @EnumSource(Form.class)
  void givesWhatTheJdkGives(Form form) {
    var random = new SplittableRandom(SEED);
    var normalizer = new Normalizer(List.of(form));
    for (int i = 0; i < 5_000; i++) {
      int from = random.nextInt(TRICKY.length());
      String text = RandomText.of(random, 8) + TRICKY.substring(from) + RandomText.of(random, 3);
      assertThat(new String(normalizer.normalize(text.getBytes(UTF_8)), UTF_8))
          .as("seed %d, text %d", SEED, i)
          .isEqualTo(java.text.Normalizer.normalize(new String(text.getBytes(UTF_8), UTF_8), form));
    }
  }

  @Test
  void formsFollowEachOther() {
    var both = new Normalizer(List.of(Form.NFKD, Form.NFC));
    assertThat(both.normalize("\uFF21\u030A\uFB01".getBytes(UTF_8)))
        .isEqualTo("Åfi".getBytes(UTF_8));
    byte[] text = "a".getBytes(UTF_8);
    assertThat(Normalizer.NONE.normalize(text)).isSameAs(text);
  }

  @Test
  void textThatIsNormalIsNotCopied() {
    byte[] text = "The mill 磨坊，ＡＢＣ grinds “wheat” — é".getBytes(UTF_8);
    assertThat(Normalizer.NFC.normalize(text)).isSameAs(text);
  }

  @Test
  void bytesThatAreNotUtf8StayAndPartTheTextAroundThem() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("e\u0301".getBytes(UTF_8));
    bytes.write(0xE4);
    bytes.write(0xB8);
    bytes.writeBytes("\u0301e\u0301".getBytes(UTF_8));
    bytes.write(0xFF);
    var expected = new ByteArrayOutputStream();
    expected.writeBytes("é".getBytes(UTF_8));
    expected.write(0xE4);
    expected.write(0xB8);
    expected.writeBytes("\u0301é".getBytes(UTF_8));
    expected.write(0xFF);
    assertThat(Normalizer.NFC.normalize(bytes.toByteArray())).isEqualTo(expected.toByteArray());
  }

  @Test
  void wellFormedIsWhatTheJdkDecodesWithoutDamage() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(4)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = (byte) (random.nextBoolean() ? 0x80 + random.nextInt(0x40) : random.nextInt());
      }
      boolean wellFormed = !new String(bytes, UTF_8).contains("\uFFFD");
      assertThat(Utf8.wellFormedEnd(bytes, 0, bytes.length) == bytes.length)
          .as("seed %d, bytes %d", SEED, i)
          .isEqualTo(wellFormed);
    }
  }
}
