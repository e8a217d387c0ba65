package io.gristmill.tokenization.sentencepiece;

/**
 * How text is changed before it is cut into pieces, or after it was joined.
 *
 * @param addDummyPrefix whether a space is put before the text (behind it if whitespace is a
 *     suffix), so that a word is the same piece at the beginning as later
 * @param removeExtraWhitespaces whether spaces at both ends go and runs of spaces become one
 * @param escapeWhitespaces whether spaces become U+2581
 */
record NormalizerSpec(
    Charsmap charsmap,
    boolean addDummyPrefix,
    boolean removeExtraWhitespaces,
    boolean escapeWhitespaces) {}
