package io.gristmill.tokenization.sentencepiece;

/** What a piece is for: {@code ModelProto.SentencePiece.Type}. */
enum PieceType {
  /** Found in text by its score. */
  NORMAL,
  /** Stands for what no piece spells. */
  UNKNOWN,
  /** A mark such as {@code </s>}, never found in text. */
  CONTROL,
  /** Found in text wherever it is spelled, before anything else. */
  USER_DEFINED,
  /** Merged by BPE on the way to longer pieces, but never given. */
  UNUSED,
  /** One byte of a character that no piece spells. */
  BYTE;

  /** Whether text that spells the piece can become it. */
  boolean isSpelled() {
    return this == NORMAL || this == USER_DEFINED || this == UNUSED;
  }
}
