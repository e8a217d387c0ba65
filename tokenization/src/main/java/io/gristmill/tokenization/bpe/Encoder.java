package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.pretoken.Pretokenizer;
import java.nio.charset.StandardCharsets;

/**
 * Turns text into token ids by exact BPE: pieces cut by the pretokenizer, merges in their order.
 * Added tokens are never produced: text that spells one is ordinary text. Holds working memory and
 * a bounded cache of pieces, so make one per thread.
 */
public final class Encoder {
  private final Pretokenizer pretokenizer;
  private final int[] byteIds;
  private final PieceMerger merger;
  private final Tokens tokens = new Tokens();

  Encoder(Pretokenizer pretokenizer, int[] byteIds, MergeTable table) {
    this.pretokenizer = pretokenizer;
    this.byteIds = byteIds;
    this.merger = new PieceMerger(table);
  }

  /** The ids of the text. A lone surrogate is encoded as '?', as Java does. */
  public int[] encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The ids of the bytes, of any bytes: decoding gives them back. */
  public int[] encode(byte[] utf8) {
    tokens.clear();
    encode(utf8, 0, utf8.length, tokens);
    return tokens.toArray();
  }

  /** Appends the ids of the bytes from {@code from} to {@code to}, a text of its own. */
  public void encode(byte[] utf8, int from, int to, Tokens target) {
    int start = from;
    while (start < to) {
      int end = pretokenizer.end(utf8, start, to);
      int[] symbols = merger.symbols(end - start);
      for (int i = start; i < end; i++) {
        symbols[i - start] = byteIds[utf8[i] & 0xFF];
      }
      int length = merger.merge(end - start);
      for (int i = 0; i < length; i++) {
        target.add(symbols[i]);
      }
      start = end;
    }
  }
}
