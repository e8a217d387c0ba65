package io.gristmill.trainer.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8StateTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void everyCodePointIsWholeAtItsEndAndOnlyThere() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        continue;
      }
      byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
      Utf8State state = Utf8State.WHOLE;
      for (int i = 0; i < bytes.length; i++) {
        state = state.after(new byte[] {bytes[i]});
        assertThat(state.valid()).isTrue();
        assertThat(state.missing()).isEqualTo(bytes.length - 1 - i);
      }
    }
  }

  @Test
  void agreesWithTheDecoderOnRandomBytes() {
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 200_000; trial++) {
      byte[] bytes = new byte[random.nextInt(1, 6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt(random.nextBoolean() ? 0x80 : 0, 0x100);
      }
      assertThat(Utf8State.WHOLE.after(bytes).whole())
          .as("seed=%d bytes=%s", SEED, bytes)
          .isEqualTo(decodes(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
