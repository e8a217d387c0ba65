package io.gristmill.tokenization.sentencepiece;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;

/** Normalises text and cuts it into pieces. Any bytes are text: malformed ones become U+FFFD. */
final class SentencePieceEncoder implements Encoder {
  private final Normalizer normalizer;
  private final Segmenter segmenter;
  private final PieceOutput output;

  SentencePieceEncoder(Normalizer normalizer, Segmenter segmenter, PieceOutput output) {
    this.normalizer = normalizer;
    this.segmenter = segmenter;
    this.output = output;
  }

  @Override
  public void encode(byte[] utf8, int from, int to, Tokens target) {
    output.begin(target);
    normalizer.normalize(utf8, from, to);
    segmenter.segment(normalizer.bytes(), normalizer.length(), output);
  }
}
