package io.gristmill.tokenization.sentencepiece;

import io.gristmill.tokenization.normalization.Utf8;

/**
 * Merges neighbours, those of the highest score first and of equal ones the leftmost, until none is
 * left (Sennrich et al., arXiv 1508.07909).
 *
 * <p>Text is cut first between characters that stand next to each other in no piece, since no merge
 * can join them: most stretches are then a word or less. Models with unused pieces are the
 * exception. What such a piece is cut into depends on what was met last anywhere in the text, so
 * there the text stays whole.
 */
final class BpeSegmenter implements Segmenter {
  private final BpeTable table;
  private final BpeMerger merger;

  BpeSegmenter(BpeTable table) {
    this.table = table;
    this.merger = new BpeMerger(table);
  }

  @Override
  public void segment(byte[] text, int length, PieceOutput output) {
    ByteTrie userDefined = table.userDefined();
    boolean whole = table.anyUnused();
    merger.begin();
    int before = 0;
    for (int at = 0; at < length; ) {
      int symbol;
      int frozen = userDefined.longest(text, at, length);
      if (frozen > 0) {
        symbol = BpeTable.FROZEN | userDefined.find(text, at, at + frozen);
        at += frozen;
      } else {
        symbol = table.symbol(Utf8.character(text, at, text.length));
        at += Utf8.length(text[at]);
      }
      if (merger.isEmpty()) {
        merger.add(symbol);
      } else {
        long merge = table.find(before, symbol);
        if (merge == BpeTable.APART && !whole) {
          merger.give(output);
          merger.add(symbol);
        } else {
          merger.add(merge, symbol);
        }
      }
      before = symbol;
    }
    merger.give(output);
  }
}
