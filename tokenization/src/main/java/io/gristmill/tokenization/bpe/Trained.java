package io.gristmill.tokenization.bpe;

import java.util.Optional;

/**
 * A trained tokenizer and what it was trained on.
 *
 * @param pieces pieces of text, repeats included
 * @param distinctPieces different pieces
 * @param warning what is not as asked for, above all a smaller vocabulary for want of text
 */
public record Trained(
    BpeTokenizer tokenizer, long pieces, long distinctPieces, Optional<String> warning) {}
