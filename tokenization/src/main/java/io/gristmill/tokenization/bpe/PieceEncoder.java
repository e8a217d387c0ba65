package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Pretokenization.Cutter;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Cuts text by any cutter, and gives each piece to an encoder that does not cut.
 *
 * @param cutter cuts the text
 * @param wholePieces the ids of pieces that are a token which no merge makes
 * @param encoder takes the other pieces
 */
record PieceEncoder(Cutter cutter, Map<ByteBuffer, Integer> wholePieces, Encoder encoder)
    implements Encoder {
  @Override
  public void encode(byte[] utf8, int from, int to, Tokens target) {
    cutter.cut(
        utf8,
        from,
        to,
        (start, end) -> {
          Integer whole =
              wholePieces.isEmpty()
                  ? null
                  : wholePieces.get(ByteBuffer.wrap(utf8, start, end - start));
          if (whole == null) {
            encoder.encode(utf8, start, end, target);
          } else {
            target.add(whole);
          }
        });
  }
}
