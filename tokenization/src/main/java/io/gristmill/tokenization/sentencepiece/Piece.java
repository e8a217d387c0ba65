package io.gristmill.tokenization.sentencepiece;

/**
 * One entry of the vocabulary; its index is its id.
 *
 * @param score log probability in a unigram model; in BPE the higher is merged first
 */
record Piece(String text, float score, PieceType type) {}
