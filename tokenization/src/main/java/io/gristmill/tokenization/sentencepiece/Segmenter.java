package io.gristmill.tokenization.sentencepiece;

/** Cuts normalised text into pieces. Holds working memory, so one per thread. */
sealed interface Segmenter permits BpeSegmenter, UnigramSegmenter {
  /**
   * Gives the pieces of a text to {@code output}.
   *
   * @param text well-formed UTF-8 in its first {@code length} bytes
   */
  void segment(byte[] text, int length, PieceOutput output);
}
