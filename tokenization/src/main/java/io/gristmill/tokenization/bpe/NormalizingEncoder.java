package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.normalization.Normalizer;
import java.util.Arrays;

/** Normalizes text before another encoder takes it. */
record NormalizingEncoder(Normalizer normalizer, Encoder encoder) implements Encoder {
  @Override
  public void encode(byte[] utf8, int from, int to, Tokens target) {
    byte[] text = from == 0 && to == utf8.length ? utf8 : Arrays.copyOfRange(utf8, from, to);
    byte[] normal = normalizer.normalize(text);
    encoder.encode(normal, 0, normal.length, target);
  }
}
