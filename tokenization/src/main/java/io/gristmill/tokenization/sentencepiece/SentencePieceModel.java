package io.gristmill.tokenization.sentencepiece;

import java.util.List;
import java.util.Optional;

/**
 * What a model file says, as far as ids depend on it.
 *
 * @param pieces the vocabulary by id: no text twice, exactly one unknown piece, and with byte
 *     fallback all 256 bytes
 * @param unigram whether pieces are chosen by a unigram language model rather than merged by BPE
 * @param byteFallback whether a character that no piece spells becomes its bytes
 * @param whitespaceAsSuffix whether the dummy space goes behind the text
 * @param unknownSurface what the unknown piece is decoded to
 * @param endPiece the piece that ends a text
 * @param denormalizer what decoded text goes through, if anything
 */
record SentencePieceModel(
    List<Piece> pieces,
    boolean unigram,
    boolean byteFallback,
    boolean whitespaceAsSuffix,
    String unknownSurface,
    String endPiece,
    NormalizerSpec normalizer,
    Optional<NormalizerSpec> denormalizer) {}
