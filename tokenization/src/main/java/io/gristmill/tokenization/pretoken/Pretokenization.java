package io.gristmill.tokenization.pretoken;

/**
 * How text is cut into the pieces inside which BPE merges: by a hand-written scanner where there is
 * one for the pattern, else step by step through a regex engine. Immutable.
 */
public sealed interface Pretokenization permits Pretokenizer, Splits {
  /** Its name in configuration, or what stands in messages for a pattern without one. */
  String name();

  /** A cutter with working memory of its own, for one thread. */
  Cutter cutter();

  /** Cuts texts into pieces. */
  @FunctionalInterface
  interface Cutter {
    /** Hands over the pieces of a text from left to right. */
    void cut(byte[] utf8, int from, int to, Piece piece);
  }

  /** Takes one piece of a text. */
  @FunctionalInterface
  interface Piece {
    /** The bytes from {@code from}, less than {@code to}, to {@code to} are a piece. */
    void accept(int from, int to);
  }
}
