package io.gristmill.curation.quality.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.quality.ModelInput;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A model of two words, two labels and four buckets, small enough to work out by hand. */
class FastTextModelTest {
  private static final int SOFTMAX = 3;

  @Test
  void probabilityIsTheSoftmaxOfTheMeanOfTheWords() {
    FastTextModel model = read(tiny(SOFTMAX));

    // "wheat" (1, 0), "</s>" (0, 0): mean (.5, 0); labels (2, 0) and (-2, 0): scores 1 and -1
    double expected = 1 / (1 + Math.exp(-2)) + 1e-5;
    assertThat(model.labels()).containsExactly("__label__good", "__label__bad");
    assertThat(model.probability("wheat", 0).getAsDouble()).isCloseTo(expected, within(1e-6));
    assertThat(model.probability("wheat", 1).getAsDouble())
        .isCloseTo(1 - expected + 2e-5, within(1e-6));
  }

  @Test
  void unknownWordsAndLabelsInTheTextCountForNothing() {
    FastTextModel model = read(tiny(SOFTMAX));

    assertThat(model.probability("wheat __label__bad __label__other chaff", 0))
        .isEqualTo(model.probability("wheat", 0));
    assertThat(model.probability(" \n\twheat\u000b\n", 0)).isEqualTo(model.probability("wheat", 0));
  }

  @Test
  void emptyTextHasTheEndOfItsLineAlone() {
    assertThat(read(tiny(SOFTMAX)).probability("", 0).getAsDouble())
        .isCloseTo(.50001, within(1e-6));
  }

  @Test
  void everyTruncationSaysWhereTheFileEnds() {
    byte[] whole = tiny(SOFTMAX);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("(?s)tiny[.]bin: .*byte \\d+ .*cop(y the file|y it) again");
    }
  }

  @Test
  void otherFilesAndOtherModelsAreRefused() {
    assertThatThrownBy(() -> read("just a text, no model at all".getBytes(StandardCharsets.UTF_8)))
        .hasMessage(
            "tiny.bin: magic number before byte 4 is 1953723754, must be 793712314; this is no .bin or .ftz of fastText");
    byte[] vectors = tiny(SOFTMAX);
    vectors[8 + 4 * 7] = 2;
    assertThatThrownBy(() -> read(vectors))
        .hasMessage(
            "tiny.bin: model before byte 64 is 2, must be 3 (supervised); word vectors give documents no score");
    byte[] longer = Arrays.copyOf(tiny(SOFTMAX), tiny(SOFTMAX).length + 3);
    assertThatThrownBy(() -> read(longer)).hasMessageContaining("3 bytes too many at byte");
  }

  @Test
  void damagedCountsAreRefusedWithoutFirstBeingAllocated() {
    byte[] huge = tiny(SOFTMAX);
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(64, Integer.MAX_VALUE - 9);
    assertThatThrownBy(() -> read(huge)).hasMessageContaining("dictionary size before byte 68");
  }

  private static FastTextModel read(byte[] bytes) {
    return FastTextModel.read(
        new ModelInput(new ByteArrayInputStream(bytes), "tiny.bin", bytes.length));
  }

  private static byte[] tiny(int loss) {
    ByteBuffer out = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(793712314).putInt(12);
    out.putInt(2).putInt(5).putInt(5).putInt(1).putInt(5); // dim, ws, epoch, minCount, neg
    out.putInt(1).putInt(loss).putInt(3).putInt(4); // wordNgrams, loss, supervised, buckets
    out.putInt(0).putInt(0).putInt(100).putDouble(1e-4); // minn, maxn, lrUpdateRate, t
    out.putInt(4).putInt(2).putInt(2).putLong(9).putLong(-1);
    entry(out, "</s>", 5, 0);
    entry(out, "wheat", 4, 0);
    entry(out, "__label__good", 3, 1);
    entry(out, "__label__bad", 2, 1);
    out.put((byte) 0).putLong(6).putLong(2);
    out.putFloat(0).putFloat(0).putFloat(1).putFloat(0);
    for (int i = 0; i < 4 * 2; i++) {
      out.putFloat(7); // buckets, which a model of single words never reads
    }
    out.put((byte) 0).putLong(2).putLong(2);
    out.putFloat(2).putFloat(0).putFloat(-2).putFloat(0);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void entry(ByteBuffer out, String name, long count, int type) {
    out.put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0).putLong(count).put((byte) type);
  }
}
