package io.gristmill.tokenization.sentencepiece;

/** What text is cut into pieces by. Immutable. */
sealed interface PieceTable permits BpeTable, UnigramTable {
  /** A new segmenter, for one thread. */
  Segmenter segmenter();
}
