package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.normalization.Utf8;
import io.gristmill.tokenization.pretoken.Pretokenization.Cutter;
import io.gristmill.tokenization.pretoken.Pretokenizer;

/**
 * How text is cut into the pieces that are counted: by a pretokenizer, then every so many
 * characters, then between neighbours that are seldom together. No merge can span the last kind of
 * cut as long as what it joins must occur more often than these neighbours do, so that it makes
 * pieces short and few and changes nothing. Holds working memory; not thread-safe.
 */
sealed interface Cutting permits Cutting.OfCharacters, Cutting.OfTokens {
  /** Takes a pair of neighbours. */
  @FunctionalInterface
  interface PairVisitor {
    void visit(int left, int right);
  }

  /** Whether a piece is not cut between two neighbours. */
  @FunctionalInterface
  interface Together {
    boolean contains(int left, int right);
  }

  /** Takes a piece: the bytes of {@code bytes} from {@code from} to {@code to}. */
  @FunctionalInterface
  interface PieceVisitor {
    void visit(byte[] bytes, int from, int to);
  }

  /** Visits the neighbours between which {@link #pieces} may cut, at least where it may. */
  void pairs(byte[] utf8, PairVisitor visitor);

  /** Visits the pieces, cut between neighbours that are not {@code together}. */
  void pieces(byte[] utf8, Together together, PieceVisitor visitor);

  /**
   * Neighbours are characters from U+0800 on, where the scripts without spaces are, and their
   * pieces are text.
   */
  final class OfCharacters implements Cutting {
    private static final int FIRST = 0x800;

    private final Pretokenizer pretokenizer;
    private final int maxPieceCharacters;

    OfCharacters(BpeTrainerConfig config) {
      this.pretokenizer = Pretokenizer.named(config.pretokenizer());
      this.maxPieceCharacters = config.maxPieceCharacters();
    }

    /** Also across the ends of pieces, which saves finding them and only makes counts larger. */
    @Override
    public void pairs(byte[] utf8, PairVisitor visitor) {
      int left = Utf8.NONE;
      for (int i = 0; i < utf8.length; ) {
        int character = Utf8.character(utf8, i, utf8.length);
        if (left >= FIRST && character >= FIRST) {
          visitor.visit(left, character);
        }
        left = character;
        i += Utf8.lengthOf(character);
      }
    }

    @Override
    public void pieces(byte[] utf8, Together together, PieceVisitor visitor) {
      for (int start = 0; start < utf8.length; ) {
        int end = pretokenizer.end(utf8, start, utf8.length);
        cut(utf8, start, end, together, visitor);
        start = end;
      }
    }

    private void cut(byte[] utf8, int start, int end, Together together, PieceVisitor visitor) {
      int from = start;
      int characters = 0;
      int left = Utf8.NONE;
      for (int i = start; i < end; ) {
        int character = Utf8.character(utf8, i, end);
        boolean rare = left >= FIRST && character >= FIRST && !together.contains(left, character);
        if (rare || characters == maxPieceCharacters) {
          visitor.visit(utf8, from, i);
          from = i;
        }
        characters = characters == maxPieceCharacters ? 1 : characters + 1;
        left = character;
        i += Utf8.lengthOf(character);
      }
      visitor.visit(utf8, from, end);
    }
  }

  /** Neighbours are tokens of a tokenizer that is extended; pieces are {@link TokenPieces}. */
  final class OfTokens implements Cutting {
    private final Normalizer normalizer;
    private final Cutter cutter;
    private final Encoder encoder;
    private final int maxPieceCharacters;
    private final Tokens tokens = new Tokens();
    private byte[] coded = new byte[1 << 10];

    OfTokens(BpeTokenizer base, BpeTrainerConfig config) {
      this.normalizer = base.normalizer();
      this.cutter = base.pretokenizer().cutter();
      this.encoder = base.encoder();
      this.maxPieceCharacters = config.maxPieceCharacters();
    }

    @Override
    public void pairs(byte[] utf8, PairVisitor visitor) {
      encoded(
          utf8,
          () -> {
            for (int i = 0; i + 1 < tokens.size(); i++) {
              visitor.visit(tokens.get(i), tokens.get(i + 1));
            }
          });
    }

    @Override
    public void pieces(byte[] utf8, Together together, PieceVisitor visitor) {
      encoded(utf8, () -> cut(together, visitor));
    }

    /** Pieces of one token are left out: there is nothing to join in them. */
    private void cut(Together together, PieceVisitor visitor) {
      if (coded.length < TokenPieces.BYTES * tokens.size()) {
        coded = new byte[TokenPieces.BYTES * 2 * tokens.size()];
      }
      int from = 0;
      for (int i = 0; i < tokens.size(); i++) {
        TokenPieces.put(tokens.get(i), coded, TokenPieces.BYTES * i);
        boolean last = i + 1 == tokens.size();
        if (last || !together.contains(tokens.get(i), tokens.get(i + 1))) {
          if (i > from) {
            visitor.visit(coded, TokenPieces.BYTES * from, TokenPieces.BYTES * (i + 1));
          }
          from = i + 1;
        }
      }
    }

    private void encoded(byte[] utf8, Runnable withTokens) {
      byte[] text = normalizer.normalize(utf8);
      cutter.cut(
          text,
          0,
          text.length,
          (start, end) -> {
            for (int from = start; from < end; ) {
              int to = after(text, from, end);
              tokens.clear();
              encoder.encode(text, from, to, tokens);
              withTokens.run();
              from = to;
            }
          });
    }

    private int after(byte[] utf8, int from, int end) {
      int i = from;
      for (int n = 0; n < maxPieceCharacters && i < end; n++) {
        i += Utf8.lengthOf(Utf8.character(utf8, i, end));
      }
      return i;
    }
  }
}
