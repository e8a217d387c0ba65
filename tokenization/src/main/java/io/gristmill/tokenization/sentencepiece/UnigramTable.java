package io.gristmill.tokenization.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces that text can be cut into and what each costs. Immutable.
 *
 * <p>The arithmetic is SentencePiece's, whose scores are 32-bit and whose sums of two are compared
 * in 64 bits: near-ties then come out the same.
 */
final class UnigramTable implements PieceTable {
  /** How much less than the worst piece an unknown character scores: kUnkPenalty. */
  private static final float UNKNOWN_PENALTY = 10;

  /** How much a user-defined piece is moved off its neighbours. */
  private static final double USER_DEFINED_PENALTY = 0.1;

  private final ByteTrie trie;
  private final double[] scores;
  private final float unknownScore;

  UnigramTable(List<Piece> pieces) {
    float worst = Float.MAX_VALUE;
    float best = Float.MIN_NORMAL; // SentencePiece's FLT_MIN, so it is never below 0
    for (Piece piece : pieces) {
      if (piece.type() == PieceType.NORMAL) {
        worst = Math.min(worst, piece.score());
        best = Math.max(best, piece.score());
      }
    }
    List<ByteTrie.Entry> entries = new ArrayList<>();
    scores = new double[pieces.size()];
    for (int id = 0; id < scores.length; id++) {
      Piece piece = pieces.get(id);
      if (piece.type() == PieceType.NORMAL) {
        scores[id] = piece.score();
        entries.add(new ByteTrie.Entry(piece.text(), id));
      } else if (piece.type() == PieceType.USER_DEFINED) {
        int length = piece.text().getBytes(StandardCharsets.UTF_8).length;
        scores[id] = length * best - USER_DEFINED_PENALTY;
        entries.add(new ByteTrie.Entry(piece.text(), id));
      }
    }
    trie = new ByteTrie(entries);
    unknownScore = worst - UNKNOWN_PENALTY;
  }

  @Override
  public Segmenter segmenter() {
    return new UnigramSegmenter(this);
  }

  ByteTrie trie() {
    return trie;
  }

  double score(int id) {
    return scores[id];
  }

  float unknownScore() {
    return unknownScore;
  }
}
