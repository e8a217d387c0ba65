/**
 * SentencePiece models (Kudo and Richardson, arXiv 1808.06226), BPE and unigram: reading {@code
 * .model} files, and encoding and decoding with the ids that SentencePiece gives. Start with {@link
 * io.gristmill.tokenization.sentencepiece.SentencePieceFiles}.
 */
package io.gristmill.tokenization.sentencepiece;
