package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Pretokenizer;

/**
 * Turns text into token ids by exact BPE: pieces cut by the pretokenizer, merges in their order.
 * Added tokens are never produced: text that spells one is ordinary text. Holds working memory and
 * a bounded cache of pieces, so make one per thread.
 */
final class BpeEncoder implements Encoder {
  private final Pretokenizer pretokenizer;
  private final int[] byteIds;
  private final PieceMerger merger;

  BpeEncoder(Pretokenizer pretokenizer, int[] byteIds, MergeTable table) {
    this.pretokenizer = pretokenizer;
    this.byteIds = byteIds;
    this.merger = new PieceMerger(table);
  }

  @Override
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
