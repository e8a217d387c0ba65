package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Pretokenizer;

/**
 * Exact BPE over any bytes: pieces cut by the pretokenizer, again cut between characters that no
 * token holds together, then merged in the order of the merges, or remembered. Decoding gives the
 * bytes back, whatever they are.
 */
final class BpeEncoder implements Encoder {
  private final Pretokenizer pretokenizer;
  private final WholeCharacters characters;
  private final CharacterBonds bonds;
  private final PieceMerger merger;
  private final PieceCache cache = new PieceCache();

  BpeEncoder(
      Pretokenizer pretokenizer,
      WholeCharacters characters,
      CharacterBonds bonds,
      MergeTable table) {
    this.pretokenizer = pretokenizer;
    this.characters = characters;
    this.bonds = bonds;
    this.merger = new PieceMerger(table);
  }

  @Override
  public void encode(byte[] utf8, int from, int to, Tokens target) {
    int start = from;
    while (start < to) {
      int end = pretokenizer.end(utf8, start, to);
      piece(utf8, start, end, target);
      start = end;
    }
  }

  /** Appends the ids of one piece of the pretokenizer's. */
  void piece(byte[] utf8, int from, int to, Tokens target) {
    if ((utf8[from] | utf8[to - 1]) < 0) {
      parts(utf8, from, to, target);
    } else {
      part(utf8, from, to, target);
    }
  }

  /** Encodes a piece in the parts between which no token reaches. */
  private void parts(byte[] utf8, int from, int to, Tokens target) {
    int start = from;
    int left = Utf8.character(utf8, from, to);
    int i = left < 0 ? from + 1 : from + Utf8.length(utf8[from]);
    while (i < to) {
      int right = Utf8.character(utf8, i, to);
      if (left >= 0 && right >= 0 && !bonds.hold(left, right, utf8[i - 1], utf8[i])) {
        part(utf8, start, i, target);
        start = i;
      }
      left = right;
      i += right < 0 ? 1 : Utf8.length(utf8[i]);
    }
    part(utf8, start, to, target);
  }

  private void part(byte[] utf8, int from, int to, Tokens target) {
    int length = to - from;
    if (length > PieceCache.MOST_BYTES) {
      int count = merged(utf8, from, to);
      target.add(merger.symbols(0), count);
    } else if (!cache.find(utf8, from, to, target)) {
      int count = merged(utf8, from, to);
      int[] tokens = merger.symbols(0);
      target.add(tokens, count);
      if (count <= PieceCache.MOST_TOKENS) {
        cache.put(utf8, from, to, tokens, count);
      }
    }
  }

  private int merged(byte[] utf8, int from, int to) {
    return merger.merge(characters.symbols(utf8, from, to, merger.symbols(to - from)));
  }
}
